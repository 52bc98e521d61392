changequote(`[[',`]]')dnl
(* in-session DH rekey (post-compromise security).  RK of the old epoch is given to the attacker.
   SIGNED  : REKEY shares are signed with the identity keys over (session id, epoch, shares)
   PASSIVE : attacker only listens during the healing exchange
   KEM     : mix an ML-KEM-768 secret (ek in R1, ct in R2) and break DH (attacker gets all DH exponents): harvest-now-decrypt-later *)
set ignoreTypes = false.
ifdef([[PASSIVE]],[[set attacker = passive.]])
free c: channel.
type key. type skey. type pkey. type expo. type G. type ep. type sess. type dk. type ek.
const g: G.
fun exp(G, expo): G.
equation forall x: expo, y: expo; exp(exp(g, x), y) = exp(exp(g, y), x).
fun ekof(dk): ek.
fun kemct(ek, key): bitstring.        (* encapsulation of ss *)
reduc forall d: dk, s: key; kemdec(kemct(ekof(d), s), d) = s.
fun aead(bitstring, key): bitstring.
reduc forall m: bitstring, k: key; unaead(aead(m, k), k) = m.
fun pk(skey): pkey.
fun sign(bitstring, skey): bitstring.
reduc forall m: bitstring, k: skey; getmess(sign(m, k)) = m.
reduc forall m: bitstring, k: skey; checksign(sign(m, k), pk(k), m) = true.
fun rk(key, G, key, bitstring): key.          (* RK' = EL(Extract(RK, g^s'd' [|| ss]), "rekey root", thR): both halves are in thR *)
fun ka(key, sess, ep): key. fun kb(key, sess, ep): key.    (* CK of initiator and responder *)
type tag. const rkI, rkR: tag. const nokem: key. 
free mA, mB: bitstring [private].
event Arun(sess, ep, G). event Aacc(sess, ep, G, G). event Brun(sess, ep, G, G). event Reach().
ifdef([[Q_R]],[[query event(Reach()).]],[[
query attacker(mA). query attacker(mB).
ifdef([[PASSIVE]],[[]],[[query s: sess, e: ep, x: G, y: G; inj-event(Aacc(s, e, x, y)) ==> inj-event(Brun(s, e, x, y)).
query s: sess, e: ep, x: G, y: G; event(Brun(s, e, x, y)) ==> event(Arun(s, e, x)).]])
]])
let PA(s: sess, e: ep, RK: key, skA: skey, pkB: pkey) =
  new x: expo; new d: dk; let gx = exp(g, x) in
ifdef([[KEM]],[[  out(c, x); let E = ekof(d) in]],[[  let E = ekof(d) in]])
  event Arun(s, e, gx);
  out(c, aead((gx, E, ifdef([[SIGNED]],[[sign((rkI, s, e, gx, E), skA)]],[[(s, e)]])), RK));
  in(c, r: bitstring);
  let (gy: G, ct: bitstring, sg: bitstring) = unaead(r, RK) in
ifdef([[SIGNED]],[[  if checksign(sg, pkB, (rkR, s, e, gx, E, gy, ct)) then]])
  let ss = ifdef([[KEM]],[[kemdec(ct, d)]],[[nokem]]) in
  event Aacc(s, e, gx, gy);
  let RK1 = rk(RK, exp(gy, x), ss, (s, e, gx, E, gy, ct)) in
  out(c, aead((mA, s), ka(RK1, s, e))).
let PB(s: sess, e: ep, RK: key, skB: skey, pkA: pkey) =
  in(c, r: bitstring);
  let (gx: G, E: ek, sg: bitstring) = unaead(r, RK) in
ifdef([[SIGNED]],[[  if checksign(sg, pkA, (rkI, s, e, gx, E)) then]])
  new y: expo; new ss0: key; let gy = exp(g, y) in
ifdef([[KEM]],[[  out(c, y);]])
  let ct = kemct(E, ss0) in
  let ss = ifdef([[KEM]],[[ss0]],[[nokem]]) in
  event Brun(s, e, gx, gy);
  out(c, aead((gy, ct, ifdef([[SIGNED]],[[sign((rkR, s, e, gx, E, gy, ct), skB)]],[[(s, e)]])), RK));
  let RK1 = rk(RK, exp(gx, y), ss, (s, e, gx, E, gy, ct)) in
  out(c, aead((mB, s), kb(RK1, s, e)));
  in(c, z: bitstring); let (m: bitstring, =s) = unaead(z, ka(RK1, s, e)) in event Reach().
process
  new skA: skey; new skB: skey; out(c, (pk(skA), pk(skB)));
  ! ( new s: sess; new e: ep; new RK: key; out(c, (s, e)); out(c, RK);
      (PA(s, e, RK, skA, pk(skB)) | PB(s, e, RK, skB, pk(skA))) )
