# On a terminal: no picture and no page is poured onto it, "error" is red
# unless NO_COLOR is set, and long work shows a bar that is taken away again.
cp "$SCENARIOS/hosting-100-a-day.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
echo 'revplan: 1' >faulty.yaml
cp "$SCENARIOS/secom-2020.yaml" slow.yaml
cat >try.py <<'END'
import os, pty, re, sys
def run(*words, env={}, until=None):
    pid, fd = pty.fork()
    if pid == 0:
        os.environ.update({**{"TERM": "xterm"}, **env})
        os.execv(os.environ["REVPLAN"], ["revplan", *words])
    seen = b""
    while True:
        try:
            some = os.read(fd, 65536)
        except OSError:
            break
        if not some:
            break
        seen += some
        if until is not None and until in seen:
            os.kill(pid, 2)
            until = None
    _, status = os.waitpid(pid, 0)
    return seen.decode().replace("\r\n", "\n"), status
for words in (["report", "case.yaml"], ["chart", "case.yaml", "-f", "png"],
        ["compare", "faulty.yaml"]):
    text, status = run(*words)
    print(repr(text), os.WEXITSTATUS(status))
text, status = run("compare", "faulty.yaml", env={"NO_COLOR": "1"})
print(repr(text), os.WEXITSTATUS(status))
# Verdicts have their colours in the tables of a terminal, and nowhere else.
day = ["--as-of", "2020-08-31"]
for env in ({}, {"NO_COLOR": ""}, {"NO_COLOR": "1"}, {"TERM": "dumb"}):
    text, status = run("compare", "slow.yaml", *day, env=env)
    plain, status = run("compare", "slow.yaml", *day, "-o", "plain.txt", env=env)
    seen = re.sub("\x1b\\[[0-9;]*[mK]|\r", "", text)
    print(env, sorted(set(re.findall("\x1b\\[[0-9]+m[A-Za-z]+", text))),
        seen == open("plain.txt").read())
text, status = run("check", "slow.yaml", *day)
print(sorted(set(re.findall("\x1b\\[[0-9]+m[A-Za-z]+", text))))
text, status = run("compare", "slow.yaml", *day, "-f", "markdown")
print("\x1b" in text)
for env in ({}, {"NO_COLOR": "1"}):
    text, status = run("doctor", env=env)
    print(re.findall("^terminal  .*$", text, re.M))
text, status = run("simulate", "slow.yaml", "--trials", "100000",
    "--threads", "1", "-o", "out.txt", until=b" %")
print("bar" if "simulating [" in text else repr(text))
print("stopped" if os.WIFSIGNALED(status) else status, os.path.exists("out.txt"))
for extra in ([], day):
    text, status = run("plan", "slow.yaml", "--as-of", "2020-07-10", *extra,
        "--trials", "100000", "--threads", "1", "-o", "out.txt", until=b" %")
    print("bar" if "simulating [" in text else repr(text))
END
python3 try.py
