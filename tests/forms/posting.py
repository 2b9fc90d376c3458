"""What a browser would send for a form: read from its HTML as the browser reads it."""

from html.parser import HTMLParser

from werkzeug.datastructures import MultiDict


class Posted(HTMLParser):
    """Gathers the values of the controls of a page, outside its templates."""

    def __init__(self) -> None:
        super().__init__()
        self.values: MultiDict[str, str] = MultiDict()
        self._templates = 0
        self._select: str | None = None
        self._options: list[tuple[str, bool]] = []
        self._area: tuple[str, str] | None = None

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        if tag == "template":
            self._templates += 1
        if self._templates:
            return
        if tag == "select":
            self._select, self._options = held["name"], []
        elif tag == "option":
            self._options.append((held["value"], "selected" in held))
        elif tag == "textarea":
            self._area = (held["name"], "")
        elif tag == "input" and "name" in held:
            self._input(held)

    def _input(self, held):
        kind = held.get("type", "text")
        if kind in ("checkbox", "radio"):
            if "checked" in held:
                self.values.add(held["name"], held.get("value", "on"))
        else:
            value = held.get("value") or ""
            # A field of one line holds no line ends.
            self.values.add(held["name"], value if kind == "hidden" else value.replace("\r", "").replace("\n", ""))

    def handle_data(self, data):
        if self._area and not self._templates:
            self._area = (self._area[0], self._area[1] + data)

    def handle_endtag(self, tag):
        if tag == "template":
            self._templates -= 1
        if self._templates:
            return
        if tag == "select" and self._select:
            chosen = [value for value, selected in self._options if selected] or [self._options[0][0]]
            self.values.add(self._select, chosen[-1])
            self._select = None
        elif tag == "textarea" and self._area:
            name, text = self._area
            text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\n")
            self.values.add(name, text.replace("\n", "\r\n"))
            self._area = None


def typed(sent: MultiDict[str, str], values: dict[str, str]) -> MultiDict[str, str]:
    """The same form with something else typed in some of its fields."""
    for name, value in values.items():
        sent[name] = value
    return sent


def posted(html: str) -> MultiDict[str, str]:
    """What a press on the button would send."""
    reader = Posted()
    reader.feed(html)
    return reader.values
