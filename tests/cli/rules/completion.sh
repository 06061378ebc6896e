# bash and fish propose ids of rules, as many as one wants.
"$REVPLAN" help --completion bash >completion.bash
cat >try.bash <<'END'
. ./completion.bash
for last in "BR-CPR-BEG" "BR-CPR-BEGIN WIKI-DEL" "--as-of 2020-01-01 WIKI-DEL" \
    "--dif" "--format ht"; do
	COMP_WORDS=(revplan rules $last)
	COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
	COMPREPLY=()
	_revplan
	echo "rules $last: ${COMPREPLY[*]}"
done
END
bash try.bash
"$REVPLAN" help --completion fish >completion.fish
export HOME="$PWD"
for last in "BR-CPR-BEG" "BR-CPR-BEGIN WIKI-DEL"; do
	echo "rules $last:" $(fish --no-config -c \
	    "source completion.fish; complete -C 'revplan rules $last'" |
	    cut -f 1)
done
