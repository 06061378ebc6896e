# All that is wrong with owners, inputs, clients and events, in one run.
cat >case.yaml <<'END'
revplan: 1
incident: {id: x, certificate: subscriber, reason: not-per-requirements, aware: 2026-03-02T09:15Z}
simulation:
  design: latin
  correlations: [{between: [pace, silense], rank: 0.6}, {between: [pace, pace], rank: 2}]
populations:
  - name: hosting
    certificates: 42000
    subscribers: 1000
    owns: [{subscribers: 1, certificates: 40000}, {subscribers: 900, certificates: 1000}]
    renewal: {before: 30 d, shar: 95%}
    validity: 90
    path:
      - wait: {time: {input: patience, exponential: 5 d}, never: {input: silence, uniform: [1%, 5%]}, reissues: maybe}
      - poll: {client: {certbot-4.1: 60%, acmesh-3.0: 40}}
      - branch: {path: [{team: {rate: {input: pace, uniform: [1/h, 2/h]}, reissues: true}}]}
      - team: {rate: {input: pace, uniform: [1/h, 3/h]}, reissues: true}
events:
  - hold: {on: 2026-02-08, population: hostin, certificates: 80}
  - discovery: {on: 2028-03-20, population: hosting, certificates: 500}
END
"$REVPLAN" validate case.yaml
