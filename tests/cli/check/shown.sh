# What CRL and OCSP showed, and what was issued instead, as rows of these rules
# alone: a compromised key, six entries with another reason for two days, a CRL
# that is valid for 11 days, OCSP renewed after 5, an entry that left too early,
# and replacements with the old key upon an old validation.
cat >case.yaml <<'END'
revplan: 1
incident:
  id: shown
  certificate: subscriber
  reason: key-compromise
  aware: 2026-04-01T08:00Z
  reported: 2026-04-01T07:00Z
  total: 10
populations:
- {name: all, certificates: 10, path: [{wait: {time: 1 d}}]}
facts:
- {what: revoked, at: 2026-04-02T06:00Z, certificates: 6,
   crl-reason: superseded}
- {what: revoked, at: 2026-04-02T07:00Z, certificates: 4,
   crl-reason: keyCompromise, dated: 2026-03-20}
- {what: revocation-published, at: 2026-04-02T07:30Z}
- {what: reason-changed, at: 2026-04-04T07:30Z, certificates: 6,
   crl-reason: keyCompromise}
- {what: issued, at: 2026-04-02T00:00Z, certificates: 7,
   key: same, validity: 200 d, validated: 2025-09-01}
- {what: issued, at: 2026-04-02T03:00Z, certificates: 3, key: new, validity: 47 d}
- {what: crl, at: 2026-04-01T00:00Z, next: 2026-04-08T00:00Z}
- {what: crl, at: 2026-04-06T00:00Z, next: 2026-04-17T00:00Z}
- {what: ocsp, at: 2026-04-01T00:00Z, next: 2026-04-08T00:00Z}
- {what: ocsp, at: 2026-04-06T00:00Z, next: 2026-04-13T00:00Z}
- {what: entry-removed, at: 2026-04-20T00:00Z, certificates: 1,
   expires: 2026-05-20}
- {what: ocsp-known, at: 2026-04-02T00:10Z}
- {what: closed, at: 2026-04-25T00:00Z}
END
"$REVPLAN" check case.yaml --as-of 2026-05-01 --format csv --quiet >out || true
grep -E '^(BR-(CRL-EE-P|OCSP|RETAIN|NO-|REASON|DATE|KEY|VALID|DCV)|MS-OCSP)' out
