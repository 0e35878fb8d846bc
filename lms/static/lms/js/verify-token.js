// What a QR code says, judged on the phone itself, byte by byte as certificates/rules/credential.py does it; the cases
// in tests/cases/credential.json hold both. Nothing here asks the network; keys come from our own list alone.
const DAY = 86400000; // milliseconds
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", CODE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ES256 = { name: "ECDSA", hash: "SHA-256" }, P256 = { name: "ECDSA", namedCurve: "P-256" };
const utf8 = new TextEncoder(), text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

class Wrong extends Error {}
const must = (is, why = "malformed") => { if (!is) throw new Wrong(why); };

const base32 = (token) => {
  must(token.length < 962 && /^[A-Za-z2-7]+$/.test(token));
  const bytes = [];
  let value = 0, bits = 0;
  for (const letter of token.toUpperCase()) {
    value = (value << 5) | LETTERS.indexOf(letter);
    if ((bits += 5) > 7) {
      bytes.push(value >> (bits -= 8));
      value &= (1 << bits) - 1;
    }
  }
  must(!value && bits < 5); // no letter too many, no bits hidden behind the last byte
  return Uint8Array.from(bytes);
};

const base64url = (words) => {
  must(/^[\w-]*$/.test(words));
  return Uint8Array.from(atob(words.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
};

const signedBy = async (key, signature, message) =>
  crypto.subtle.verify(ES256, await crypto.subtle.importKey("jwk", { kty: "EC", crv: "P-256", x: key.x, y: key.y }, P256, false, ["verify"]), signature, message);

// CBOR, only what we write: each number in its shortest form, each part in its place.
const reader = (bytes) => {
  let at = 0;
  const head = (kind) => {
    must(at < bytes.length && bytes[at] >> 5 === kind);
    const low = bytes[at++] & 31, size = { 24: 1, 25: 2, 26: 4 }[low];
    if (low < 24) return low;
    must(size && at + size <= bytes.length);
    const value = bytes.subarray(at, (at += size)).reduce((sum, byte) => sum * 256 + byte, 0);
    must(value >= (low === 24 ? 24 : 2 ** (size * 4)));
    return value;
  };
  const bytesOf = (kind) => {
    const size = head(kind);
    must(at + size <= bytes.length);
    return bytes.subarray(at, (at += size));
  };
  return {
    whole: (low, high) => {
      const value = head(0);
      must(value >= low && value <= high);
      return value;
    },
    bytes: () => bytesOf(2),
    text: () => text.decode(bytesOf(3)),
    list: () => head(4),
    is: (...expected) => {
      must(expected.every((byte, place) => bytes[at + place] === byte));
      at += expected.length;
    },
    next: () => bytes[at],
    since: (start) => bytes.subarray(start, at),
    at: () => at,
    end: () => must(at === bytes.length),
  };
};

const codeOf = (bytes) => {
  must(bytes.length === 9 && bytes[0] < 64);
  let bits = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n), check = 0;
  const symbols = [];
  for (let place = 0; place < 14; place++, bits >>= 5n) symbols.unshift(Number(bits & 31n));
  const times = (value) => (value & 16 ? (value << 1) ^ 37 : value << 1);
  for (const symbol of symbols) check = times(check) ^ symbol;
  return [...symbols, times(check)].map((symbol) => CODE[symbol]).join("").replace(/.{5}(?=.)/g, "$&-");
};

const claimsOf = (payload) => {
  const read = reader(payload);
  const day = () => {
    const seconds = read.whole(0, 2 ** 32 - 1);
    must(seconds % 86400 === 0);
    return seconds * 1000;
  };
  const parts = read.next() - 0xa0;
  read.is(parts === 5 ? 0xa5 : 0xa4, 4);
  const until = day() - DAY;
  const from = parts === 5 ? (read.is(5), day()) : null;
  read.is(6);
  const issued = day();
  read.is(7);
  const code = codeOf(read.bytes());
  read.is(0x3a, 0, 1, 0, 0, 0xa6, 1);
  const name = read.text();
  must(name && [...name].length <= 120 && name === name.normalize("NFC").trim() && !/[^\P{C}\u200c\u200d]/u.test(name));
  read.is(2);
  const standard = read.text();
  must(/^(?=.*[A-Za-z0-9])[\w-]{1,40}$/.test(standard));
  read.is(3);
  const version = read.whole(1, 32767);
  read.is(4);
  const number = read.whole(1, 2 ** 32 - 1);
  read.is(5);
  const topics = Array.from({ length: read.list() }, () => read.whole(0, 500));
  read.is(6);
  const practice = read.whole(0, 600000);
  read.end();
  must(from !== issued && issued <= (from ?? issued) && (from ?? issued) <= until);
  return { name, code, number, standard, version, topics, practice, issued, from: from ?? issued, until };
};

// The statement of a token, days as milliseconds since 1970 at midnight UTC; or why it says nothing.
export async function readToken(token, keys) {
  try {
    const raw = base32(token), read = reader(raw);
    read.is(0xd2, 0x84, 0x49, 0xa2, 1, 0x26, 4, 0x44);
    const kid = String.fromCharCode(...raw.subarray(8, 12));
    read.is(...raw.subarray(8, 12), 0xa0);
    const start = read.at(), payload = read.bytes(), sealed = read.since(start);
    const signature = read.bytes();
    read.end();
    must(payload.length && signature.length === 64);
    const key = keys.find((one) => String.fromCharCode(...base64url(one.kid).subarray(0, 4)) === kid);
    must(key, "unknown_key");
    const message = [0x84, 0x6a, ...utf8.encode("Signature1"), ...raw.subarray(2, 12), 0x40, ...sealed];
    must(await signedBy(key, signature, Uint8Array.from(message)), "forged");
    return claimsOf(payload);
  } catch (problem) {
    return problem instanceof Wrong ? problem.message : "malformed";
  }
}

// A signed list: its date, and whether a number is in it. Throws unless it is ours, of this purpose and whole.
export async function readList(token, keys, purpose) {
  const parts = token.trim().split("."), header = JSON.parse(text.decode(base64url(parts[0])));
  // Nothing else may stand in the header: no key, no address of one, no extension.
  must(parts.length === 3 && Object.keys(header).sort().join() === "alg,kid,typ" && header.alg === "ES256" && header.typ === "vc+jwt");
  const key = keys.find((one) => header.kid.endsWith("#" + one.kid));
  must(key, "unknown_key");
  must(await signedBy(key, base64url(parts[2]), utf8.encode(parts[0] + "." + parts[1])), "forged");
  const list = JSON.parse(text.decode(base64url(parts[1]))), subject = list.credentialSubject;
  must(list.type.includes("BitstringStatusListCredential") && subject.statusPurpose === purpose && subject.encodedList[0] === "u");
  const unpacked = new Blob([base64url(subject.encodedList.slice(1))]).stream().pipeThrough(new DecompressionStream("gzip"));
  const bits = new Uint8Array(await new Response(unpacked).arrayBuffer());
  return {
    at: Date.parse(list.validFrom),
    has: (number) => {
      must(number < bits.length * 8);
      return Boolean(bits[number >> 3] & (0x80 >> number % 8));
    },
  };
}

// As `state_of` in certificates/rules/credential.py; `today` is midnight UTC of the day on the wall.
export function stateOf(statement, today, isRevoked, isSuspended) {
  if (isRevoked) return "revoked";
  if (today > statement.until) return "expired";
  if (today < statement.from) return "early";
  return isSuspended ? "suspended" : "valid";
}
