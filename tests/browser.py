"""A headless chromium that tests drive through its DevTools pipe: opens a page, points, types, touches, and tells what happened.

Nothing but the standard library is needed, chromium itself apart. axe-core, which looks for barriers, is read from where npm put it.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
AXE = next(filter(Path.exists, (ROOT / folder / "node_modules/axe-core/axe.min.js" for folder in (".browser", "."))), None)
PATIENCE = 20  # seconds for one answer
KEYS = {"Tab": 9, "Enter": 13, "Escape": 27, "End": 35, "Home": 36, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}


class Browser:
    """One tab of a chromium; `events` holds what it told by itself."""

    def __init__(self, profile: Path):
        import fcntl  # not on Windows

        (asked, self._write), (self._read, answered) = os.pipe(), os.pipe()
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", f"--user-data-dir={profile}", "about:blank"]
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD, 20) for end in (asked, answered)]  # out of the way of 3 and 4, which chromium reads and writes
        start = f"import os, sys; os.dup2({ends[0]}, 3); os.dup2({ends[1]}, 4); os.execv(sys.argv[1], sys.argv[1:])"
        command = [sys.executable, "-c", start, str(CHROMIUM), *options]
        self._process = subprocess.Popen(command, pass_fds=ends, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for end in (asked, answered, *ends):
            os.close(end)
        self.events: list[dict[str, Any]] = []
        self._session, self._number, self._unread = "", 0, b""
        target = next(t["targetId"] for t in self.call("Target.getTargets")["targetInfos"] if t["type"] == "page")
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Ask for something and wait for the answer."""
        self._number += 1
        asked = {"id": self._number, "method": method, "params": parameters, **({"sessionId": self._session} if self._session else {})}
        os.write(self._write, json.dumps(asked).encode() + b"\0")
        while (told := self._next()).get("id") != asked["id"]:
            self.events += [told] if "method" in told else []
        assert "error" not in told, (method, told["error"])
        return told["result"]

    def open(self, page: Path, width: int = 1280, height: int = 900, touch: bool = False, script: bool = True) -> None:
        """Open a file in a window of some size, with or without a touch screen and scripts, and wait until it stands."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=touch)
        self.call("Emulation.setTouchEmulationEnabled", enabled=touch)
        self.call("Emulation.setScriptExecutionDisabled", value=not script)
        for address in ("about:blank", page.resolve().as_uri()):
            self.events.clear()
            self.call("Page.navigate", url=address)
            while not any(event["method"] == "Page.loadEventFired" for event in self.events):
                self.events.append(self._next())
        if script:  # what is not drawn yet cannot be printed
            self.run("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(true))))")

    def run(self, code: str) -> Any:
        """The value of some JavaScript on the page."""
        told = self.call("Runtime.evaluate", expression=code, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in told, told["exceptionDetails"]
        return told["result"].get("value")

    def wait(self, code: str) -> None:
        """Wait until some JavaScript is true."""
        end = time.monotonic() + PATIENCE
        while not self.run(code):
            assert time.monotonic() < end, f"never came true: {code}"
            time.sleep(0.02)

    def middle(self, selector: str) -> dict[str, float]:
        """Scroll an element into sight; the middle of it."""
        find = f"document.querySelector({json.dumps(selector)})"
        self.run(f"{find}.scrollIntoView({{block: 'center', inline: 'center', behavior: 'instant'}})")
        return self.run(f"(() => {{const b = {find}.getBoundingClientRect(); return {{x: b.x + b.width / 2, y: b.y + b.height / 2}}}})()")

    def point(self, selector: str) -> None:
        self.call("Input.dispatchMouseEvent", type="mouseMoved", **self.middle(selector))

    def click(self, selector: str) -> None:
        where = self.middle(selector)
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **where)

    def tap(self, selector: str) -> None:
        where = self.middle(selector)
        self.call("Input.dispatchTouchEvent", type="touchStart", touchPoints=[where])
        self.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    def press(self, key: str, shift: bool = False) -> None:
        code = {"key": key, "code": key, "windowsVirtualKeyCode": KEYS[key], "modifiers": 8 * shift}
        self.call("Input.dispatchKeyEvent", type="keyDown", **code, **({"text": "\r"} if key == "Enter" else {}))
        self.call("Input.dispatchKeyEvent", type="keyUp", **code)

    def barriers(self) -> list[tuple[str, str]]:
        """What axe-core finds that is serious or critical: the rule and the first place."""
        self.run(AXE.read_text(encoding="utf-8"))
        found = self.run(
            "axe.run(document, {resultTypes: ['violations']}).then((told) => told.violations.map((v) => [v.id, v.impact, v.nodes[0].html]))"
        )
        return [(rule, place) for rule, impact, place in found if impact in ("serious", "critical")]

    def complaints(self) -> list[str]:
        """Errors of scripts, what the page's own policy forbade, dialogs, and requests to anything but files and data."""
        told = []
        for event in self.events:
            name, about = event["method"], event["params"]
            if name in ("Runtime.exceptionThrown", "Page.javascriptDialogOpening"):
                told.append(json.dumps(about))
            elif name == "Log.entryAdded" and about["entry"]["level"] == "error":
                told.append(about["entry"]["text"])
            elif name == "Network.requestWillBeSent" and not about["request"]["url"].startswith(("file:", "data:")):
                told.append(about["request"]["url"])
        return told

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(PATIENCE)
        os.close(self._write), os.close(self._read)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._unread:
            assert select.select([self._read], [], [], PATIENCE)[0], "chromium does not answer"
            more = os.read(self._read, 1 << 20)
            assert more, "chromium has stopped"
            self._unread += more
        told, _, self._unread = self._unread.partition(b"\0")
        return json.loads(told)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A chromium for all tests of a session."""
    if CHROMIUM is None or os.name == "nt":
        pytest.skip("chromium is not installed, so pages are not tried in a browser (Debian: apt-get install chromium)")
    if AXE is None:
        pytest.skip("axe-core is not installed, so pages are not tried in a browser (npm install --no-save --prefix .browser axe-core)")
    browser = Browser(tmp_path_factory.mktemp("chromium"))
    yield browser
    browser.close()
