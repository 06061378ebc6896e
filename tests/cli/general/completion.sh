# Words that bash proposes; the script is plain bash and nothing else.
"$REVPLAN" help --completion >completion.bash
"$REVPLAN" help --completion bash | cmp - completion.bash
bash -n completion.bash
mkdir folder
touch case.yaml store.db notes.txt counted.csv
cat >try.bash <<'END'
. ./completion.bash
complete -p revplan
propose() {
	COMP_WORDS=("$@")
	COMP_CWORD=$(($# - 1))
	COMPREPLY=()
	_revplan
	echo "$*: ${COMPREPLY[*]}"
}
propose revplan co
propose revplan help va
propose revplan compare --f
propose revplan compare --format m
propose revplan compare --format = m
propose revplan compare --format =
propose revplan chart --format p
propose revplan chart --kind co
propose revplan chart -k co
propose revplan compare case.yaml --p
propose revplan compare ca
propose revplan compare ''
propose revplan compare --as-of 2020-12-31 ''
propose revplan compare case.yaml ''
propose revplan compare no
propose revplan new --template ''
propose revplan compare --output no
propose revplan record ''
propose revplan record store.db o
propose revplan record store.db --wait 3 f
propose revplan import store.db ''
propose revplan import pop
propose revplan import s
propose revplan import populations s
propose revplan import populations store.db ''
propose revplan export store.db r
END
bash try.bash
# Another shell is no command.
status=0
"$REVPLAN" help --completion tcsh || status=$?
echo $status
