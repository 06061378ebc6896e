# A case is work, and not lost to a command typed twice.
echo "two hours of work" >case.yaml
status=0
"$REVPLAN" new --template hosting --output case.yaml 2>&1 || status=$?
echo "-> $status"
cat case.yaml
"$REVPLAN" new --template hosting --output case.yaml --force
"$REVPLAN" validate case.yaml | sed -n 1p
