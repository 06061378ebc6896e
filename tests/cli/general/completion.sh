# Words that bash proposes; the script is plain bash and nothing else.
"$REVPLAN" help --completion >completion.bash
cat >try.bash <<'END'
. ./completion.bash
propose() {
	COMP_WORDS=("$@")
	COMP_CWORD=$(($# - 1))
	COMPREPLY=()
	_revplan
	echo "$*: ${COMPREPLY[*]}"
}
propose revplan c
propose revplan help va
propose revplan compare --f
propose revplan compare --format m
propose revplan chart --format p
propose revplan chart --kind co
propose revplan compare case.yaml --p
propose revplan compare ca
END
bash try.bash
