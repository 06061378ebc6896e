# Words that fish proposes: it is asked what it would show after a TAB.
"$REVPLAN" help --completion fish >completion.fish
mkdir folder
touch case.yaml store.db notes.txt groups.csv
export HOME="$PWD"
propose() {
	echo "$1:" $(fish --no-config -c \
	    "source completion.fish; complete -C 'revplan $1'" | cut -f 1)
}
propose co
propose 'help va'
propose 'compare --f'
propose 'compare --format m'
propose 'compare --format=m'
propose 'chart -k co'
propose 'compare case.yaml --p'
propose 'compare '
propose 'compare --as-of 2020-12-31 c'
propose 'compare case.yaml '
propose 'new --template '
propose 'compare --output no'
propose 'record s'
propose 'record store.db o'
propose 'record store.db --wait 3 f'
propose 'import store.db c'
propose 'import '
propose 'import populations s'
propose 'import populations store.db '
propose 'export store.db r'
