# What no trial can make sense of is one line and status 3; what can never be
# done in time is told as such, and nobody waits for it.
try() {
	cat >case.yaml <<END
revplan: 1
incident: {id: x, certificate: subscriber, reason: not-per-requirements, aware: 2026-03-02T09:15Z}
simulation: {horizon: 2026-06-30, trials: 50}
populations:
  - name: one
    certificates: 1000
    subscribers: 100
    $1
    path: [$2]
$3
END
	status=0
	"$REVPLAN" simulate case.yaml --quiet >out 2>err || status=$?
	echo "-> $status"
	cat err
	tr -s '\n ' '  ' <out | grep -o 'not complete by [^;]*: > [0-9]* %' || true
}
echo '# shares that a trial draws beyond 100 %, or below 0 %'
try '' '{wait: {time: 1 d, never: {normal: [99%, 50%]}}}' ''
try '' '{branch: {share: {lognormal: [90%, 2]}, path: [{wait: {time: 1 d}}]}}' ''
try '' '{wait: {time: 1 d}}' 'events: [{risk: {probability: {pareto: [90%, 1]}, then: {cutoff: {on: 2026-04-01}}}}]'
echo '# a capacity of nothing'
try '' '{team: {rate: 0/working-day}}' ''
try '' '{team: {rate: {uniform: [0/h, 5/h]}}}' ''
echo '# events of an empty time'
try 'expiry: {uniform: [2026-03-03, 2026-03-20]}' '{wait: {time: 1 d}}' 'events: [{discovery: {on: 2026-03-20, population: one, certificates: 5}}]'
try '' '{wait: {time: 1 d}}' 'events: [{hold: {on: 2026-06-30, certificates: 5}}]'
echo '# ways without an end'
try '' '{wait: {time: 1 d, never: 100%}}' ''
try '' '{gate: {until: 2026-12-31}}, {wait: {time: 1 d}}' ''
try '' '{poll: {share: 0%}}' ''
try '' '{notice: {rate: 100/h, bounces: 100%}}' ''
