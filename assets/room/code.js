// The verification code: everybody commits to their certificate before anybody reveals it, so that nobody in the middle can try keys until a code fits.
//
// epoch  = SHA-256 of everybody's [id, name, seat], and the attempt      who we believe is here
// commit = SHA-256 of ["commit", epoch, id, fingerprint, nonce]        sent to all; revealed only when all commits are here
// code   = SHA-256 of ["code", epoch, everybody's [id, fingerprint, nonce]], shown as five of 64 signs and six digits
// A revealed fingerprint must be the one in the session description, which is the one DTLS enforces.
// A reveal that does not fit its commit may be left over from a page that was just reloaded: everybody begins again, at most
// three times, so that nobody gets more than four tries at a code of fifty bits.

const SIGNS = 5;
const MOST_EARLY = 64;
const LAST_ATTEMPT = 3;

/**
 * @param {{ self: { id: string, name: string, seat: string }, fingerprint: string, send: (to: string, d: object) => void,
 *   remote: (id: string) => string | undefined, show: (code: { signs: number[], digits: string } | 'checking' | 'alone' | 'mismatch') => void }} room
 */
export function verification(room) {
  /** @type {{ epoch: string, roster: string, attempt: number, people: string[], nonce: string, commit: string, commits: Record<string, string>, reveals: Record<string, { fp: string, n: string }>, revealed: boolean, done: boolean } | undefined} */
  let round;
  /** @type {[string, any][]} messages for a round that this browser has not begun */
  let early = [];
  let broken = false;
  let turn = 0;

  /** @type {{ id: string, name: string, seat: string }[]} */
  let others = [];

  /** Begins again, because somebody came or went. @param {{ id: string, name: string, seat: string }[]} now */
  async function begin(now) {
    others = now;
    await attempt(0);
  }

  /** @param {number} number */
  async function attempt(number) {
    const mine = ++turn;
    round = undefined;
    if (!broken) room.show(others.length ? 'checking' : 'alone');
    if (!others.length) return;
    const everybody = [room.self, ...others].map(({ id, name, seat }) => [id, name, seat]).sort(byId);
    const roster = await hash(everybody);
    const epoch = `${roster}.${number}`;
    const nonce = hex(crypto.getRandomValues(new Uint8Array(16)));
    const commit = await hash(['commit', epoch, room.self.id, room.fingerprint, nonce]);
    if (mine !== turn) return;
    round = { epoch, roster, attempt: number, people: others.map(({ id }) => id), nonce, commit, commits: {}, reveals: {}, revealed: false, done: false };
    for (const id of round.people) room.send(id, { k: 'c', ep: epoch, c: commit });
    const held = early;
    early = [];
    for (const [from, d] of held) await receive(from, d);
  }

  /** @param {string} from @param {any} d */
  async function receive(from, d) {
    if (!round || d?.ep !== round.epoch) {
      early = [...early, /** @type {[string, any]} */ ([from, d])].slice(-MOST_EARLY);
      const [roster, number] = String(d?.ep).split('.');
      if (round?.roster === roster && round.people.includes(from) && Number(number) === round.attempt + 1 && round.attempt < LAST_ATTEMPT) await attempt(round.attempt + 1);
      return;
    }
    const now = round;
    if (!now.people.includes(from)) return;
    if (d.k === 'c') now.commits[from] ??= String(d.c);
    if (d.k === 'r' && now.commits[from] && !now.reveals[from]) {
      const committed = await hash(['commit', now.epoch, from, d.fp, d.n]);
      if (round !== now) return;
      if (committed !== now.commits[from]) return now.attempt < LAST_ATTEMPT ? attempt(now.attempt + 1) : mismatch();
      now.reveals[from] = { fp: d.fp, n: d.n };
    }
    proceed();
  }

  function proceed() {
    if (!round) return;
    const { people, commits, reveals } = round;
    if (!round.revealed && people.every((id) => commits[id])) {
      round.revealed = true;
      for (const id of people) reveal(id);
    }
    if (round.revealed && people.every((id) => reveals[id])) compare();
  }

  /** @param {string} id */
  function reveal(id) {
    if (round) room.send(id, { k: 'r', ep: round.epoch, fp: room.fingerprint, n: round.nonce });
  }

  async function compare() {
    const now = round;
    if (!now) return;
    for (const id of now.people) {
      const seen = room.remote(id);
      if (!seen) return; // no session description yet: `proceed` is called again when it is here
      if (seen !== now.reveals[id].fp) return mismatch();
    }
    if (now.done) return; // only looked whether a later description still promises the same
    now.done = true;
    const all = [[room.self.id, room.fingerprint, now.nonce], ...now.people.map((id) => [id, now.reveals[id].fp, now.reveals[id].n])].sort(byId);
    const digest = BigInt(`0x${await hash(['code', now.epoch, all])}`);
    if (round !== now || broken) return;
    const signs = Array.from({ length: SIGNS }, (_, place) => Number((digest >> BigInt(place * 6)) & 63n));
    const digits = String((digest >> 64n) % 1_000_000n).padStart(6, '0');
    room.show({ signs, digits });
  }

  function mismatch() {
    broken = true;
    room.show('mismatch');
  }

  /** Repeats what somebody may have missed while away. @param {string} id */
  function repeat(id) {
    if (!round?.people.includes(id)) return;
    room.send(id, { k: 'c', ep: round.epoch, c: round.commit });
    if (round.revealed) reveal(id);
  }

  return { begin, receive, proceed, repeat };
}

/**
 * The one SHA-256 fingerprint that a session description promises. Several would let somebody hide a second certificate
 * behind the first (RFC 8122, section 5), so they never equal anything revealed.
 * @param {RTCSessionDescription | null | undefined} description
 */
export function fingerprintIn(description) {
  if (!description) return undefined;
  const all = [...description.sdp.matchAll(/^a=fingerprint:(\S+) +(\S+)/gim)].map(([, algorithm, value]) => `${algorithm.toLowerCase()} ${value.toUpperCase()}`);
  const [only, ...more] = new Set(all);
  return !more.length && only?.startsWith('sha-256 ') ? only.slice('sha-256 '.length) : 'several';
}

/** @param {RTCCertificate} certificate */
export async function fingerprintOf(certificate) {
  const own = certificate.getFingerprints?.().find(({ algorithm }) => algorithm === 'sha-256')?.value;
  if (own) return own.toUpperCase();
  const pc = new RTCPeerConnection({ certificates: [certificate] }); // Firefox tells it only in an offer
  pc.createDataChannel('');
  const offer = await pc.createOffer();
  pc.close();
  return fingerprintIn(/** @type {RTCSessionDescription} */ (offer)) ?? '';
}

const byId = (/** @type {string[]} */ a, /** @type {string[]} */ b) => (a[0] < b[0] ? -1 : 1);
const hex = (/** @type {Uint8Array} */ bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** @param {unknown} value */
async function hash(value) {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(value)))));
}
