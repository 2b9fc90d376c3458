// Before the first paint: the page knows that script works, so nothing jumps.
document.documentElement.classList.add("js");
