"""look.py SUITE PAGE FOLDER: open PAGE in headless Chromium, through the
WebDriver protocol, and say what is wrong with it.

Nothing but the standard library is used.  At a phone's and at a desk's width
it takes a screenshot into FOLDER.  The last line printed is "SUITE: N passed,
N failed".
"""
import base64
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

WIDTHS = (380, 1280)
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
         "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync",
         "--hide-scrollbars")

# Each returns a list of complaints about the page as it stands.
PAGE_CHECKS = {
    "has a title": """
        return document.title.trim() ? [] : ['the title is empty'];""",
    "names its language": """
        return document.documentElement.lang ? [] : ['no lang'];""",
    "has no script": """
        return [...document.scripts].map(s => 'script ' + s.src);""",
    "has a strict content policy": """
        const m = document.querySelector(
            'meta[http-equiv="Content-Security-Policy" i]');
        return m && m.content.includes("default-src 'none'") ? [] :
            ['no Content-Security-Policy of default-src none'];""",
    "has charts": """
        return document.querySelector('svg, img') ? [] : ['no chart'];""",
    "describes every picture": """
        const named = e => e.getAttribute('aria-label') ||
            (e.getAttribute('aria-labelledby') || '').split(' ').some(
                i => i && document.getElementById(i)) ||
            e.querySelector(':scope > title');
        return [...document.querySelectorAll('svg, img')].filter(e =>
            !e.parentElement.closest('svg')).filter(e =>
            e.tagName.toLowerCase() === 'img' ? !e.alt.trim() : !named(e)
        ).map(e => 'no description: ' + e.outerHTML.slice(0, 120));""",
    "shows every picture": """
        return [...document.images].filter(i => !i.naturalWidth).map(
            i => 'broken image ' + i.src.slice(0, 80));""",
    "has a table beside every chart": """
        return [...document.querySelectorAll('svg, img')].filter(e =>
            !e.parentElement.closest('svg')).filter(e => {
                const room = e.closest('figure, section, article');
                const next = room && room.nextElementSibling;
                return !(room && (room.querySelector('table') ||
                    room.parentElement.closest('section, article') &&
                    room.parentElement.closest('section, article')
                        .querySelector('table') ||
                    next && (next.matches('table') ||
                    next.querySelector('table'))));
            }).map(e => 'no table by ' + e.outerHTML.slice(0, 120));""",
    "heads every table": """
        return [...document.querySelectorAll('table')].filter(t =>
            !t.querySelector('th')).map(
            t => 'no th in ' + t.textContent.trim().slice(0, 60));""",
    "uses every id once": """
        const seen = {};
        document.querySelectorAll('[id]').forEach(
            e => seen[e.id] = (seen[e.id] || 0) + 1);
        return Object.keys(seen).filter(i => seen[i] > 1).map(
            i => 'id ' + i + ' occurs ' + seen[i] + ' times');""",
}
WIDTH_CHECKS = {
    "does not scroll sideways": """
        const w = document.documentElement.scrollWidth;
        return w <= innerWidth ? [] : ['the page is ' + w + ' px wide'];""",
    "has letters of 10 px and more": """
        return [...document.querySelectorAll('p, li, td, th, h1, h2, h3')]
            .filter(e => e.textContent.trim() &&
                parseFloat(getComputedStyle(e).fontSize) < 10)
            .slice(0, 5).map(e => getComputedStyle(e).fontSize + ' in ' +
                e.textContent.trim().slice(0, 60));""",
}


class Driver:
    """A chromedriver of our own on a free port, with one session."""

    def __init__(self, home):
        env = dict(os.environ, HOME=home, XDG_CONFIG_HOME=home,
                   XDG_CACHE_HOME=home)
        self.process = subprocess.Popen(
            ["chromedriver", "--port=0"], stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, env=env)
        self.session = None
        for line in self.process.stdout:
            found = re.search(r"started successfully on port (\d+)", line)
            if found:
                self.base = "http://127.0.0.1:" + found.group(1)
                break
        else:
            raise RuntimeError("chromedriver did not start")
        answer = self.call("POST", "/session", {"capabilities": {
            "alwaysMatch": {
                "browserName": "chrome",
                "goog:chromeOptions": {
                    "binary": shutil.which("chromium"),
                    "args": [*FLAGS, "--user-data-dir=" + home + "/profile"],
                },
                "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
            }}})
        self.session = "/session/" + answer["sessionId"]

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.base + path, data, {"Content-Type": "application/json"},
            method=method)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=60) as reply:
                return json.load(reply)["value"]
        except urllib.error.HTTPError as e:
            raise RuntimeError(json.load(e)["value"]["message"]) from e

    def post(self, path, body):
        return self.call("POST", self.session + path, body)

    def run(self, script):
        return self.post("/execute/sync", {"script": script, "args": []})

    def log(self, kind):
        return self.post("/se/log", {"type": kind})

    def devtools(self, command, **params):
        return self.post("/goog/cdp/execute",
                         {"cmd": command, "params": params})

    def close(self):
        try:
            if self.session:
                self.call("DELETE", self.session)
        finally:
            self.process.terminate()
            self.process.wait()


def requests_of(driver):
    """What was asked for since the last call, but for the browser's own
    pages."""
    urls = []
    for entry in driver.log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] != "Network.requestWillBeSent":
            continue
        if not message["params"]["documentURL"].startswith("chrome:"):
            urls.append(message["params"]["request"]["url"])
    return urls


def screenshot(driver, width, path):
    height = driver.run("return document.documentElement.scrollHeight;")
    clip = {"x": 0, "y": 0, "width": width, "height": min(height, 16000),
            "scale": 1}
    shot = driver.devtools("Page.captureScreenshot", format="png", clip=clip,
                           captureBeyondViewport=True)
    with open(path, "wb") as f:
        f.write(base64.b64decode(shot["data"]))


def look(driver, page, folder, verdict):
    url = "file://" + os.path.abspath(page)
    driver.post("/url", {"url": "about:blank"})
    requests_of(driver)
    driver.post("/url", {"url": url})
    for name, script in PAGE_CHECKS.items():
        verdict(name, driver.run(script))
    for width in WIDTHS:
        driver.devtools("Emulation.setDeviceMetricsOverride", width=width,
                        height=800, deviceScaleFactor=1, mobile=False)
        for name, script in WIDTH_CHECKS.items():
            verdict("at %d px %s" % (width, name), driver.run(script))
        screenshot(driver, width, "%s/report-%d.png" % (folder, width))
    verdict("has nothing on the console",
            [e["message"] for e in driver.log("browser")])
    asked = requests_of(driver)
    verdict("is seen to be loaded", [] if url in asked else [str(asked)])
    verdict("asks the network for nothing", [
        u for u in asked if u != url and not u.startswith("data:")])


def main():
    suite, page, folder = sys.argv[1:4]
    counts = [0, 0]

    def verdict(name, faults):
        counts[bool(faults)] += 1
        if faults:
            print("-- not so: the report", name)
            for fault in faults[:10]:
                print("   ", fault)

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        driver = None
        try:
            driver = Driver(home)
            look(driver, page, folder, verdict)
        except (OSError, RuntimeError, TypeError, KeyError) as e:
            verdict("can be looked at", [str(e)])
        finally:
            if driver:
                driver.close()
    print("%s: %d passed, %d failed" % (suite, *counts))
    return 1 if counts[1] or not counts[0] else 0


if __name__ == "__main__":
    sys.exit(main())
