"""The demonstration, in a process of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.written import HEAD


@pytest.mark.slow
def test_the_demonstration_serves_keeps_changes_and_starts_again(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "TRACKER_INSTANCE": str(tmp_path), "LANG": "nl_NL.UTF-8"}
    for name in ("DATABASE_URL", "DEMO_TODAY", "LC_ALL"):
        environment.pop(name, None)
    tracker = str(Path(sys.executable).with_name("tracker"))

    def serve(*options):
        return subprocess.Popen(
            [tracker, "demo", "--port", str(port), *options], env=environment, stdout=subprocess.PIPE, text=True
        )

    def ready(process):
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
                    return answer.status
            except OSError:
                assert process.poll() is None
                time.sleep(0.1)
        raise AssertionError("the demonstration did not answer")

    def command(*arguments):
        own = {**environment, "DATABASE_URL": f"sqlite:///{tmp_path / 'demo.sqlite'}"}
        done = subprocess.run([tracker, *arguments], env=own, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    process = serve()
    assert ready(process) == 200
    process.terminate()
    out = process.communicate()[0]
    assert f"http://127.0.0.1:{port}" in out
    assert "bestuurder@demo.example" in out
    assert "1 oktober 2026" in out
    changed = tmp_path / "changed.yaml"
    changed.write_text(HEAD + "cooperations: [{code: WOL, name: RSV Gewijzigd}]", encoding="utf-8")
    command("import", str(changed))
    process = serve()
    assert ready(process) == 200
    process.terminate()
    process.communicate()
    assert "RSV Gewijzigd" in command("status", "WOL", "--peildatum", "2026-10-01")
    process = serve("--reset")
    assert ready(process) == 200
    process.terminate()
    process.communicate()
    assert "RSV Wolderveen" in command("status", "WOL", "--peildatum", "2026-10-01")
