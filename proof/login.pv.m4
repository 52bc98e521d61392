changequote(`[[',`]]')dnl
(* simchat hardened login: cookie/puzzle omitted, signed DH (Ed25519) + SRP-6a inside, signed by the device, transcript bound.
     Q_WEAK    : offline guessing of the password (active attacker)
     Q_S / Q_C : injective agreement, server accepts client / client accepts server
     Q_KEY     : session key secrecy; Q_S and Q_C are on the device key, too
     SRVKEY    : server signing key known to the attacker from the start
     DBLEAK    : verifier v known to the attacker from the start
     PWLEAK    : the password is known to the attacker from the start
     DEVLEAK   : every device key is known to the attacker from the start
     NODEVSIG  : mutant, the device names its key and signs nothing
     NODEVTR   : mutant, it signs its name and key, and not the transcript
     FS        : phase 1 leaks password, verifier, signing key
     SCRAM     : replace SRP by hash proof HMAC(KSF(pw,salt), transcript) (comparison)
     PAPERPW    : the paper: client sends SHA256(salt|pw) under the DH key, server compares *)
define([[DEVSIGNED]],[[(sDEV, ifdef([[NODEVTR]],[[]],[[$1, ]])U, $2)]])dnl
define([[AUTHSIG]],[[ifdef([[NODEVSIG]],[[OK]],[[sign(DEVSIGNED(t1, pk(dk)), dk)]])]])dnl
set ignoreTypes = false.
free c: channel.
type key. type skey. type pkey. type host. type expo. type G. type nonce. type passwd. type salt.
const g: G.
fun exp(G, expo): G.
equation forall x: expo, y: expo; exp(exp(g, x), y) = exp(exp(g, y), x).
fun aead(bitstring, key): bitstring.
reduc forall m: bitstring, k: key; unaead(aead(m, k), k) = m.
fun pk(skey): pkey.
fun sign(bitstring, skey): bitstring.
reduc forall m: bitstring, k: skey; getmess(sign(m, k)) = m.
reduc forall m: bitstring, k: skey; checksign(sign(m, k), pk(k), m) = true.
fun ksf(salt, host, passwd): expo.             (* scrypt, then SHA-256 *)
fun mask(G, G): G.                             (* k*v + g^b mod N *)
fun unmask(G, G): G.
equation forall v: G, x: G; unmask(v, mask(v, x)) = x.
equation forall v: G, x: G; mask(v, unmask(v, x)) = x.
type tr.
fun th1(nonce, nonce, G, G): tr.
fun th2(tr, host, G, G, pkey): tr.
fun khs(G, tr): key.
fun khs2(G, tr): key.
fun srpK(G, G, tr): key.                       (* H( (B-kv)^a * (B-kv)^(ux) ), A, B via tr *)
fun m1(key, tr): bitstring. fun m2(key, tr): bitstring.
fun ksess(G, key, tr): key.                    (* DHkey1 = Extract(g^ab, K_srp, th) *)
fun pwh(salt, passwd): key.
const OK: bitstring.
free U: host.
table living(host, pkey).                       (* device keys in the log of the account *)
const none: pkey.
const sDEV: bitstring.
free pw: passwd [private].
free probe: bitstring [private].

(* name, server key, device key, session key *)
event Crun(host, pkey, pkey, key). event Cacc(host, pkey, pkey, key).
event Srun(host, pkey, pkey, key). event Sacc(host, pkey, pkey, key).
event ReachC(). event ReachS().
ifdef([[Q_WEAK]],[[weaksecret pw.]])
ifdef([[Q_S]],[[query k: key, p: pkey, d: pkey; inj-event(Sacc(U, p, d, k)) ==> inj-event(Crun(U, p, d, k)).]])
ifdef([[Q_C]],[[query k: key, p: pkey, d: pkey; inj-event(Cacc(U, p, d, k)) ==> inj-event(Srun(U, p, d, k)).]])
ifdef([[Q_KEY]],[[query attacker(probe).]])
ifdef([[FS]],[[query attacker(probe) phase 1.]])
ifdef([[Q_REACH]],[[query event(ReachC()). query event(ReachS()).]])

let Client(pkS: pkey, dk: skey) =
  new nc: nonce; new a: expo;
  let ga = exp(g, a) in
  out(c, (nc, ga));
  in(c, (ns: nonce, gb: G, sg: bitstring));
  if checksign(sg, pkS, (nc, ns, ga, gb)) then
  let z = exp(gb, a) in
  let t1 = th1(nc, ns, ga, gb) in
ifdef([[PAPERPW]],[[
  out(c, aead((U, OK), khs(z, t1)));
  in(c, x0: bitstring);
  let (s: salt, =OK) = unaead(x0, khs2(z, t1)) in
  event Crun(U, pkS, none, khs(z, t1));
  out(c, aead((pwh(s, pw), OK, OK), khs(z, t1)));
  in(c, x1: bitstring);
  let (=OK, =OK, =OK) = unaead(x1, khs2(z, t1)) in
  event Cacc(U, pkS, none, khs2(z, t1));
  out(c, aead(probe, khs(z,t1)))
]],[[
  new sa: expo;
  let SA = exp(g, sa) in
  out(c, aead((U, SA, pk(dk), AUTHSIG), khs(z, t1)));
  in(c, x0: bitstring);
  let (s: salt, SB: G) = unaead(x0, khs2(z, t1)) in
  let x = ksf(s, U, pw) in
  let v = exp(g, x) in
ifdef([[SCRAM]],[[
  let t2 = th2(t1, U, SA, SB, pk(dk)) in
  let K = pwh(s, pw) in
]],[[
  let Y = unmask(v, SB) in
  let t2 = th2(t1, U, SA, SB, pk(dk)) in
  let K = srpK(exp(Y, sa), exp(Y, x), t2) in
]])
  event Crun(U, pkS, pk(dk), ksess(z, K, t2));
  out(c, aead((m1(K, t2), OK), khs(z, t1)));
  in(c, x1: bitstring);
  let (m: bitstring, =OK) = unaead(x1, khs2(z, t1)) in
  if m = m2(K, t2) then
  event Cacc(U, pkS, pk(dk), ksess(z, K, t2));
  event ReachC();
  out(c, aead(probe, ksess(z, K, t2)))
]]).

let Server(skS: skey, s: salt, v: G, ph: key) =
  in(c, (nc: nonce, ga: G));
  new ns: nonce; new b: expo;
  let gb = exp(g, b) in
  out(c, (ns, gb, sign((nc, ns, ga, gb), skS)));
  let z = exp(ga, b) in
  let t1 = th1(nc, ns, ga, gb) in
ifdef([[PAPERPW]],[[
  in(c, x0: bitstring);
  let (=U, =OK) = unaead(x0, khs(z, t1)) in
  out(c, aead((s, OK), khs2(z, t1)));
  in(c, x1: bitstring);
  let (=ph, =OK, =OK) = unaead(x1, khs(z, t1)) in
  event Sacc(U, pk(skS), none, khs(z, t1));
  event Srun(U, pk(skS), none, khs2(z, t1));
  out(c, aead((OK, OK, OK), khs2(z, t1)))
]],[[
  in(c, x0: bitstring);
  let (=U, SA: G, kd: pkey, ds: bitstring) = unaead(x0, khs(z, t1)) in
ifdef([[NODEVSIG]],[[]],[[  if checksign(ds, kd, DEVSIGNED(t1, kd)) then]])
  get living(=U, =kd) in
  new sb: expo;
  let SB = ifdef([[SCRAM]],[[exp(g, sb)]],[[mask(v, exp(g, sb))]]) in
  let t2 = th2(t1, U, SA, SB, kd) in
  let K = ifdef([[SCRAM]],[[ph]],[[srpK(exp(SA, sb), exp(v, sb), t2)]]) in
  event Srun(U, pk(skS), kd, ksess(z, K, t2));
  out(c, aead((s, SB), khs2(z, t1)));
  in(c, x1: bitstring);
  let (m: bitstring, =OK) = unaead(x1, khs(z, t1)) in
  if m = m1(K, t2) then
  event Sacc(U, pk(skS), kd, ksess(z, K, t2));
  event ReachS();
  out(c, aead((m2(K, t2), OK), khs2(z, t1)))
]]).

process
  new skS: skey; new s: salt;
  let v = exp(g, ksf(s, U, pw)) in
  out(c, pk(skS)); out(c, s);
ifdef([[SRVKEY]],[[  out(c, skS);]])
ifdef([[PWLEAK]],[[  out(c, pw);]])
ifdef([[DBLEAK]],[[  out(c, ifdef([[SCRAM]],[[pwh(s, pw)]],ifdef([[PAPERPW]],[[pwh(s, pw)]],[[v]])));]])
  ( (!(new dk: skey; insert living(U, pk(dk)); out(c, pk(dk)); ifdef([[DEVLEAK]],[[out(c, dk);]]) !Client(pk(skS), dk))) | (!Server(skS, s, v, pwh(s, pw)))
ifdef([[FS]],[[  | (phase 1; out(c, pw); out(c, v); out(c, skS))]])
  )
