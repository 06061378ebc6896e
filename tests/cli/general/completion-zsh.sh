# What zsh makes of a line when TAB is pressed.  Each word has one completion;
# a stand-in for the program says what the line had become.
"$REVPLAN" help --completion zsh >completion.zsh
touch case.yaml store.db notes.txt groups.csv
cat >try.py <<'END'
import os, pty, re, select, sys, time
pid, fd = pty.fork()
if pid == 0:
    os.environ.update(TERM="dumb", HOME=os.getcwd())
    os.execvp("zsh", ["zsh", "-f", "-i"])
def until(mark):
    seen, end = b"", time.time() + 20
    while mark not in seen and time.time() < end:
        if select.select([fd], [], [], 0.2)[0]:
            seen += os.read(fd, 65536)
    return seen.decode(errors="replace")
def send(text):
    os.write(fd, text.encode())
send("unsetopt zle_bracketed_paste; PS1='> '; autoload -U compinit; "
     "compinit -u -D; source ./completion.zsh; "
     "revplan() { print -r -- \"=$*\"=; }; print REA''DY\n")
until(b"READY")
for line in ("va", "help va", "compare --fo", "compare --format m",
        "chart --format=pd", "chart -k cu", "compare case.yaml --pe",
        "compare c", "compare s", "compare n", "simulate --seed 3 c",
        "new --template h", "compare --output n",
        "record s", "record store.db ou", "record store.db --wait 3 fo",
        "import store.db ca", "import pop", "import s",
        "import populations s", "import populations store.db ",
        "export store.db r"):
    send("revplan " + line + "\t\n")
    text = until(b"=\r\n")
    found = re.findall(r"^=(.*)=\r$", text, re.M)
    print(line, "->", found[-1] if found else repr(text))
os.close(fd)
END
python3 try.py
