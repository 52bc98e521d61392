changequote(`[[',`]]')dnl
(* simchat hardened client-client exchange + KDC ticket.  ProVerif 2.05, typed front end.
   Variants selected with m4 -D... 
     MALSERVER : all login-session keys and ticket keys are public from the start: the attacker IS the server
     TOFU      : no pinned identity key, peers use the key the server vouches for (first contact)
     FS        : phase 1 leaks all signing keys, all login-session and ticket keys
     UKS       : attacker account E registers A's public identity key as its own
     ROLES     : A and B both play both roles (reflection)
     KCI       : A's own signing key is public (key-compromise impersonation)
   Sanity mutants, each must produce an attack:
     NOSIG     : identity signatures not sent (the trust model of the paper)
     NOPEERID  : signature omits both names and both identity keys (no attack while th in the KDF binds them)
     NODHT     : signature covers only the signer's own DH share (th in the KDF still binds both: no attack, shows redundancy)
     NOCHECK   : nobody compares the suite with what both speak
     UNSIGNED  : what both speak is said and compared, but is not in th and so under no signature
     NOBIND    : with NOPEERID, the transcript in the KDF omits the names too: unknown key share under UKS
   Not modelled: mac/cookie, counters, hash chain (rekey.pv.m4 has the root step), clock (timestamps are nonces here). *)
set ignoreTypes = false.
free c: channel.
type key. type skey. type pkey. type host. type expo. type G. type nonce.

(* Two suites, and clients that speak the first alone or both.  The network says of each run which client it is, and to an honest
   server which suite to name. *)
type suite. type speaks.
const s1, s2: suite. const one, both: speaks.
fun best(speaks, speaks): suite reduc best(both, both) = s2 otherwise forall x: speaks, y: speaks; best(x, y) = s1.

const g: G.
fun exp(G, expo): G.
equation forall x: expo, y: expo; exp(exp(g, x), y) = exp(exp(g, y), x).

type tag.
const tREQ, tREP, tTKT, tINIT, tRESP1, tRESP2, tFIN, tMSG: tag.

(* A256CBC-HS512 idealised as AEAD; tag = role/type byte in the AAD.
   Every message type has its own key by KDF label, as in the spec. *)
fun aead(bitstring, key, tag): bitstring.
reduc forall m: bitstring, k: key, t: tag; unaead(aead(m, k, t), k, t) = m.

(* Ed25519 *)
fun pk(skey): pkey.
fun sign(bitstring, skey): bitstring.
reduc forall m: bitstring, k: skey; getmess(sign(m, k)) = m.
reduc forall m: bitstring, k: skey; checksign(sign(m, k), pk(k), m) = true.

fun kinit(key): key.
fun kresp(key): key.
fun H(host, host, G, G, nonce, nonce, bitstring): bitstring. (* th: names, both shares, both nonces, suite and what both speak *)
fun H0(G, G, nonce, nonce, bitstring): bitstring.            (* mutant NOBIND only *)
fun kd2s(key, G, bitstring): key.  fun ks2d(key, G, bitstring): key.    (* handshake keys *)
fun ad2s(key, G, bitstring): key.  fun as2d(key, G, bitstring): key.    (* chain keys, epoch 0 *)
const sigR, sigI: tag.

free A, B, E: host.
free mAB, mBA: bitstring [private].

table dir(host, key, key, pkey).      (* server: id, session key DHkey, ticket key, IK *)
table contacts(host, pkey).           (* identity keys pinned by the users *)

event C1run(host, host, pkey, pkey, key, G, G, nonce, nonce, suite, speaks, speaks).
event C1acc(host, host, pkey, pkey, key, G, G, nonce, nonce, suite, speaks, speaks).
event C2run(host, host, pkey, pkey, key, G, G, nonce, nonce, suite, speaks, speaks).
event C2acc(host, host, pkey, pkey, key, G, G, nonce, nonce, suite, speaks, speaks).
event TktIssued(host, host, key, nonce).
event TktUsed(host, host, key, nonce).
event Reach1(). event Reach2().

ifdef([[Q_SEC]],[[
query attacker(mAB).
query attacker(mBA).
]])
ifdef([[FS]],[[
query attacker(mAB) phase 1.
query attacker(mBA) phase 1.
]])
ifdef([[Q_C1]],[[
query ikb: pkey, ika: pkey, k: key, x: G, y: G, n1: nonce, n2: nonce, s: suite, i: speaks, r: speaks; event(C1acc(A, B, ika, ikb, k, x, y, n1, n2, s, i, r)) ==> event(C2run(A, B, ika, ikb, k, x, y, n1, n2, s, i, r)).]])
ifdef([[Q_C2]],[[
query ikb: pkey, ika: pkey, k: key, x: G, y: G, n1: nonce, n2: nonce, s: suite, i: speaks, r: speaks; event(C2acc(A, B, ika, ikb, k, x, y, n1, n2, s, i, r)) ==> event(C1run(A, B, ika, ikb, k, x, y, n1, n2, s, i, r)).]])
ifdef([[Q_IC1]],[[
query ikb: pkey, ika: pkey, k: key, x: G, y: G, n1: nonce, n2: nonce, s: suite, i: speaks, r: speaks; inj-event(C1acc(A, B, ika, ikb, k, x, y, n1, n2, s, i, r)) ==> inj-event(C2run(A, B, ika, ikb, k, x, y, n1, n2, s, i, r)).]])
ifdef([[Q_IC2]],[[
query ikb: pkey, ika: pkey, k: key, x: G, y: G, n1: nonce, n2: nonce, s: suite, i: speaks, r: speaks; inj-event(C2acc(A, B, ika, ikb, k, x, y, n1, n2, s, i, r)) ==> inj-event(C1run(A, B, ika, ikb, k, x, y, n1, n2, s, i, r)).]])
ifdef([[Q_TKT]],[[
query k: key, n: nonce; event(TktUsed(A, B, k, n)) ==> event(TktIssued(A, B, k, n)).]])
ifdef([[Q_SUITE]],[[
query ikb: pkey, ika: pkey, k: key, x: G, y: G, n1: nonce, n2: nonce, r: speaks, i: speaks; event(C1acc(A, B, ika, ikb, k, x, y, n1, n2, s1, both, r)) && event(C2run(A, B, ika, ikb, k, x, y, n1, n2, s1, i, both)) ==> false.
query ikb: pkey, ika: pkey, k: key, x: G, y: G, n1: nonce, n2: nonce, r: speaks, i: speaks; event(C2acc(A, B, ika, ikb, k, x, y, n1, n2, s1, i, both)) && event(C1run(A, B, ika, ikb, k, x, y, n1, n2, s1, both, r)) ==> false.]])
ifdef([[Q_REACH]],[[
query event(Reach1()). 
query event(Reach2()).
]])

let Server(sid: host, ks: key, iks: pkey) =
  in(c, (rq: bitstring, s: suite));
  let (did: host, ts: nonce) = unaead(rq, ks, tREQ) in
  get dir(=did, kd, ktd, ikd) in
  new Kcc: key; new tid: nonce;
  event TktIssued(sid, did, Kcc, tid);
  let tkt = aead((sid, did, Kcc, iks, tid, s), ktd, tTKT) in
  out(c, aead((did, ts, Kcc, ikd, tkt, s), ks, tREP)).

let Client1(sid: host, ks: key, iksk: skey) =
  in(c, (did: host, mine: speaks));
  if did <> sid then
  new ts: nonce;
  out(c, aead((did, ts), ks, tREQ));
  in(c, rep: bitstring);
  let (=did, =ts, Kcc: key, ikdir: pkey, tkt: bitstring, s: suite) = unaead(rep, ks, tREP) in
ifdef([[TOFU]],[[  let ikd = ikdir in]],[[  get contacts(=did, ikd) in
  if ikdir = ikd then]])
  new x: expo; new N1: nonce;
  let gs = exp(g, x) in
  out(c, (tINIT, s, tkt, aead((gs, N1, mine), kinit(Kcc), tINIT)));
  in(c, (=tRESP1, e1: bitstring, e2: bitstring));
  let (gd: G, N2: nonce, theirs: speaks) = unaead(e1, kresp(Kcc), tRESP1) in
  let z = exp(gd, x) in
  let said = ifdef([[UNSIGNED]],[[(s, tINIT)]],[[(s, mine, theirs)]]) in
  let th = ifdef([[NOBIND]],[[H0(gs, gd, N1, N2, said)]],[[H(sid, did, gs, gd, N1, N2, said)]]) in
  let (ikr: pkey, sgr: bitstring) = unaead(e2, kd2s(Kcc, z, th), tRESP2) in
ifdef([[NOSIG]],[[]],[[  if ikr = ikd then
ifdef([[NODHT]],[[  if checksign(sgr, ikd, (sigR, gd, sid, did, pk(iksk), ikd)) then]],
ifdef([[NOPEERID]],[[  if checksign(sgr, ikd, (sigR, gs, gd, N1, N2)) then]],
[[  if checksign(sgr, ikd, (sigR, th, sid, did, pk(iksk), ikd)) then]]))]])
ifdef([[NODHT]],[[  let sgi = sign((sigI, gs, sid, did, pk(iksk), ikd), iksk) in]],
ifdef([[NOPEERID]],[[  let sgi = sign((sigI, gs, gd, N1, N2), iksk) in]],
[[  let sgi = sign((sigI, th, sid, did, pk(iksk), ikd), iksk) in]]))
ifdef([[NOCHECK]],[[]],[[  if s = best(mine, theirs) then]])
  event C1acc(sid, did, pk(iksk), ikd, Kcc, gs, gd, N1, N2, s, mine, theirs);
  event C1run(sid, did, pk(iksk), ikd, Kcc, gs, gd, N1, N2, s, mine, theirs);
  out(c, (tFIN, aead((pk(iksk), ifdef([[NOSIG]],[[N1]],[[sgi]])), ks2d(Kcc, z, th), tFIN)));
  if sid = A && did = B then
  ( out(c, (tMSG, aead(mAB, as2d(Kcc, z, th), tMSG))) |
    ( in(c, (=tMSG, w: bitstring)); let m = unaead(w, ad2s(Kcc, z, th), tMSG) in event Reach1() ) ).

let Client2(did: host, kt: key, iksk: skey) =
  in(c, mine: speaks);
  in(c, (=tINIT, s: suite, tkt: bitstring, init: bitstring));
  let (sid: host, =did, Kcc: key, iktk: pkey, tid: nonce, =s) = unaead(tkt, kt, tTKT) in
  if sid <> did then
  event TktUsed(sid, did, Kcc, tid);
  let (gs: G, N1: nonce, theirs: speaks) = unaead(init, kinit(Kcc), tINIT) in
ifdef([[TOFU]],[[  let iks = iktk in]],[[  get contacts(=sid, iks) in
  if iktk = iks then]])
ifdef([[NOCHECK]],[[]],[[  if s = best(theirs, mine) then]])
  new d: expo; new N2: nonce;
  let gd = exp(g, d) in
  let z = exp(gs, d) in
  let said = ifdef([[UNSIGNED]],[[(s, tINIT)]],[[(s, theirs, mine)]]) in
  let th = ifdef([[NOBIND]],[[H0(gs, gd, N1, N2, said)]],[[H(sid, did, gs, gd, N1, N2, said)]]) in
ifdef([[NODHT]],[[  let sgr = sign((sigR, gd, sid, did, iks, pk(iksk)), iksk) in]],
ifdef([[NOPEERID]],[[  let sgr = sign((sigR, gs, gd, N1, N2), iksk) in]],
[[  let sgr = sign((sigR, th, sid, did, iks, pk(iksk)), iksk) in]]))
  event C2run(sid, did, iks, pk(iksk), Kcc, gs, gd, N1, N2, s, theirs, mine);
  out(c, (tRESP1, aead((gd, N2, mine), kresp(Kcc), tRESP1), aead((pk(iksk), ifdef([[NOSIG]],[[N2]],[[sgr]])), kd2s(Kcc, z, th), tRESP2)));
  in(c, (=tFIN, e3: bitstring));
  let (iki: pkey, sgi: bitstring) = unaead(e3, ks2d(Kcc, z, th), tFIN) in
ifdef([[NOSIG]],[[]],[[  if iki = iks then
ifdef([[NODHT]],[[  if checksign(sgi, iks, (sigI, gs, sid, did, iks, pk(iksk))) then]],
ifdef([[NOPEERID]],[[  if checksign(sgi, iks, (sigI, gs, gd, N1, N2)) then]],
[[  if checksign(sgi, iks, (sigI, th, sid, did, iks, pk(iksk))) then]]))]])
  event C2acc(sid, did, iks, pk(iksk), Kcc, gs, gd, N1, N2, s, theirs, mine);
  if sid = A && did = B then
  ( out(c, (tMSG, aead(mBA, ad2s(Kcc, z, th), tMSG))) |
    ( in(c, (=tMSG, x: bitstring)); let m = unaead(x, as2d(Kcc, z, th), tMSG) in event Reach2() ) ).

process
  new ksA: key; new ksB: key; new ktA: key; new ktB: key; new skA: skey; new skB: skey;
  new ksE: key; new ktE: key; new skE: skey;
  let ikE = ifdef([[UKS]],[[pk(skA)]],[[pk(skE)]]) in
  insert dir(A, ksA, ktA, pk(skA)); insert dir(B, ksB, ktB, pk(skB)); insert dir(E, ksE, ktE, ikE);
  insert contacts(A, pk(skA)); insert contacts(B, pk(skB)); insert contacts(E, ikE);
  out(c, (pk(skA), pk(skB), pk(skE)));
  out(c, ksE); out(c, ktE); out(c, skE);
ifdef([[KCI]],[[  out(c, skA);]],[[]])
ifdef([[MALSERVER]],[[  out(c, ksA); out(c, ksB); out(c, ktA); out(c, ktB);]],[[]])
  ( (!Server(A, ksA, pk(skA))) | (!Server(E, ksE, ikE))
  | (!Client1(A, ksA, skA)) | (!Client2(B, ktB, skB))
ifdef([[ROLES]],[[  | (!Server(B, ksB, pk(skB))) | (!Client1(B, ksB, skB)) | (!Client2(A, ktA, skA))]],[[]])
ifdef([[FS]],[[  | (phase 1; out(c, (skA, skB)); out(c, (ksA, ksB, ktA, ktB)))]],[[]])
  )
