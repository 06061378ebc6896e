# `revplan ... | head` ends quietly when head does.
{
	sleep 1
	status=0
	"$REVPLAN" help --completion 2>talk.txt || status=$?
	echo $status >status
} | true
cat talk.txt status
