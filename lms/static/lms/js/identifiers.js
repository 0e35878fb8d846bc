// What may belong to a real person, found while it is written: the same kinds as lms/kit/identifiers.py, which decides.
const DASHES = /[\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g;
const RUN = /(?<![\p{L}\p{N}])[\doOlI](?:[ .\-]{0,2}[\doOlI]){6,}(?![\p{L}\p{N}])/gu;
const DIGITS = {
  nol: 0, kosong: 0, satu: 1, dua: 2, tiga: 3, empat: 4, ampat: 4, ampa: 4, lima: 5, enam: 6, anam: 6,
  tujuh: 7, tuju: 7, delapan: 8, dalapan: 8, lapan: 8, sembilan: 9, sambilan: 9,
};
const ONE = `(?:\\d|${Object.keys(DIGITS).join("|")})`;
const SPELLED = new RegExp(`(?<![\\p{L}_])${ONE}(?:[\\s,.\\-/]{0,3}${ONE}){7,}(?![\\p{L}_])`, "giu");
const ONES = new RegExp(ONE, "gi");
const G = "[ .,\\-/()\\t\\n]{0,3}";
const SIXTEEN = new RegExp(`(?<!\\d)\\d(?:${G}\\d){15}(?!\\d)`, "g");
const PHONES = [
  new RegExp(`(?<!\\d)(?:\\+?${G}6${G}2${G}0?|0${G})${G}8${G}[1-9](?:${G}\\d){6,10}(?!\\d)`, "g"),
  /(?<!\d)8[1-9]\d{7,10}(?!\d)/g,
];
const BPJS = new RegExp(`(?<!\\d)0${G}0${G}0(?:${G}\\d){10}(?!\\d)`);
const PASSPORT = /(?<![\p{L}\p{N}])[A-Za-z][ \-]?\d{7}(?![\p{L}\p{N}])/u;
const ACCOUNT = /(?<![\d.,])\d{10,16}(?!\d)/g;
const BANK = /\b(?:rek(?:ening)?|sim|nomor\s+induk|bri|bni|bca|btn|mandiri|bank)\b\D{0,30}?(\d(?:[ .\-]?\d){9,15})(?!\d)/gi;
const CLOCK = "(?:[01]?\\d|2[0-4])[.:][0-5]\\d";
const CLOCKS = new RegExp(`^${CLOCK}(?:\\s?[-/, ]\\s?${CLOCK})+$`);
const MONEY = /^[1-9]\d{0,2}(?:[.,]\d{3})+$/;
const MONTH = "(?:jan|feb|mar|apr|mei|may|jun|jul|agu|aug|ags|sep|okt|oct|nov|nop|des|dec)[a-z]{0,6}";
const DAY = `(?:\\b\\d{1,2}\\s?[ /.\\-]\\s?(?:\\d{1,2}|${MONTH})\\s?[ /.\\-,]\\s?\\d{2,4}\\b|\\b\\d{4}[/.\\-]\\d{1,2}[/.\\-]\\d{1,2}\\b)`;
const BORN = /\b(?:(?:di|me|ke)?lahir(?:kan|an)?|ttl\.?|t\.t\.l\.?)/gi;
const DATE = new RegExp(DAY, "i");
const PATTERNS = {
  contact: [
    /[\w+-]\s?(?:@|\(at\)|\[at\]|\{at\})\s?[\w-]{1,63}\.\w|(?<!\w)@\w[\w.]{2}|\b(?:wa|t)\.me\/|\bhttps?:\s?\/|\bwww\.\w/i,
    /\b[\w-]{2,63}\.(?:com|net|org|(?:co|or|go|ac|sch|web|my|biz|desa)\.id)\b/i,
    /\b[\w-]{2,63}\.id\b(?!\s+[a-z])/,
    /\b(?:ig|insta(?:gram)?|fb|facebook|tiktok|telegram|twitter)\s*[:=]\s*\S{3,}/i,
  ],
  address: [
    /\b(?:[Jj][Ll]|[Jj]ln|[Gg]g)\.?\s*(?=[A-Z0-9])/,
    /\b(?:[Jj]alan|[Gg]ang)\s+[A-Z](?!aki\b)/,
    /\b(?:[Jj]alan|[Gg]ang)\s+\d+(?!\d|[.,]\d|\s*(?:jam|menit|detik|hari|malam|minggu|bulan|tahun|kali|langkah|orang|k?m\b|kilo|meter))/,
    /\b(?:jl|jln|jalan|gg|gang)\.?\s+\w+(?:\s+\w+){0,3}\s*,?\s+(?:no|nomor|nmr)\b\.?\s*\d/i,
    /\b(?:RT|RW|rt|rw|Rt|Rw)\.?\s*[:/]?\s*\d/,
    /\b[Dd](?:usun|sn\.)\s+(?!Air Lontar|Batu Asam|Lembah Gewang|Bukit Gewang|Padang Kusambi|Lontar Raya)[A-Z0-9]/,
  ],
  case_number: [
    /\bLP[-\s]?[AB]?\s*\/|\/\s?Pid\.?\s?(?:Sus|B|C|Pra)|\/\s?Pdt\.?\s?[GPS]|\bNo(?:mor)?\.?\s*(?:RM|perkara|LP|BP)\b/i,
    /\b(?:rekam\s+medi[sk]|RM)\s*(?:no(?:mor)?)?\s*[.:#]?\s*\d/i,
  ],
  coordinates: [
    /-?\d{1,3}[.]\d{4,}\s*[,;/ ]\s*-?\d{1,3}[.]\d{4,}|-?\d{1,3},\d{4,}\s*[;/ ]\s*-?\d{1,3},\d{4,}/,
    /\d{1,3}\s?[°º]\s?\d{1,2}(?:[.,]\d+)?\s?['′’]/,
  ],
};

const digits = (text) => text.replace(/\D/g, "");
const isService = (number) => {
  const national = number.startsWith("628") ? number.slice(2) : number;
  return "0" + national.replace(/^0+/, "") === "08111129129";
};
const isIdentity = (number) => {
  const [area, day, month] = [number.slice(0, 2), number.slice(6, 8), number.slice(8, 10)].map(Number);
  return area >= 11 && area <= 96 && ((day >= 1 && day <= 31) || (day >= 41 && day <= 71)) && month >= 1 && month <= 12;
};
const isPhone = (written) => !CLOCKS.test(written) && !MONEY.test(written) && !isService(digits(written));

function plain(text) {
  const shown = text.normalize("NFKC").replace(DASHES, "-").replace(/\p{Cf}/gu, "").replace(/[^\S\n\t ]/g, " ");
  return shown.replace(RUN, (run) =>
    run.replace(/\D/g, "").length >= 2 ? run.replace(/[oO]/g, "0").replace(/[lI]/g, "1") : run);
}

const inDigits = (text) => text.replace(SPELLED, (run) => {
  const parts = run.match(ONES);
  return parts.every((part) => /\d/.test(part)) ? run : parts.map((part) => DIGITS[part.toLowerCase()] ?? part).join("");
});

function numbers(text) {
  const found = [];
  if ((text.match(SIXTEEN) ?? []).some((one) => isIdentity(digits(one)))) found.push("nik_kk");
  if (PHONES.some((rule) => (text.match(rule) ?? []).some(isPhone))) found.push("phone");
  if (BPJS.test(text)) found.push("bpjs");
  if (PASSPORT.test(text)) found.push("passport");
  if (found.length) return found;
  const long = [...(text.match(ACCOUNT) ?? []), ...[...text.matchAll(BANK)].map((one) => one[1])];
  return long.some((one) => !isService(digits(one))) ? ["account"] : [];
}

function hasBirthDate(text) {
  return [...text.matchAll(BORN)].some((born) => {
    const rest = text.slice(born.index + born[0].length).split(/[.!?]\s+(?=[A-Z])/)[0];
    const date = DATE.exec(rest);
    return date !== null && date.index <= 40;
  });
}

// Which kinds of identifiers the text seems to hold.
export function kinds(text) {
  const read = plain(text);
  const found = new Set(Object.keys(PATTERNS).filter((kind) => PATTERNS[kind].some((rule) => rule.test(read))));
  if (hasBirthDate(read)) found.add("birth_date");
  for (const reading of [read, inDigits(read)]) for (const kind of numbers(reading)) found.add(kind);
  return found;
}
