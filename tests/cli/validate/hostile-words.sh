# Words of a file cannot move the cursor or begin a line of their own.
printf 'revplan: 1\nincident: {id: x, certificate: "\\e[2Jred\\n",\n' >case.yaml
printf '  reason: weak-key, aware: 2026-03-02}\n"\\e]0;title\\a": 1\n' >>case.yaml
"$REVPLAN" validate case.yaml
