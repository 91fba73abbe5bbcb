#!/usr/bin/env python3
"""A second reader of the vault format, written from docs/FORMAT.md alone.

Opens a golden vault with its first secret and prints what is in it. Standard library only: slow,
not constant-time, for checking the format and nothing else.

    python3 tests/vectors/reader.py tests/vectors/golden/base.txt
"""

import hashlib
import hmac
import struct
import sys

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Bad(Exception):
    pass


def check(fine, what):
    if not fine:
        raise Bad(what)


# ---------------------------------------------------------------- primitives

def rotl(v, n):
    return ((v << n) | (v >> (32 - n))) & 0xFFFFFFFF


def rounds(state):
    s = list(state)

    def quarter(a, b, c, d):
        s[a] = (s[a] + s[b]) & 0xFFFFFFFF; s[d] = rotl(s[d] ^ s[a], 16)
        s[c] = (s[c] + s[d]) & 0xFFFFFFFF; s[b] = rotl(s[b] ^ s[c], 12)
        s[a] = (s[a] + s[b]) & 0xFFFFFFFF; s[d] = rotl(s[d] ^ s[a], 8)
        s[c] = (s[c] + s[d]) & 0xFFFFFFFF; s[b] = rotl(s[b] ^ s[c], 7)

    for _ in range(10):
        quarter(0, 4, 8, 12); quarter(1, 5, 9, 13); quarter(2, 6, 10, 14); quarter(3, 7, 11, 15)
        quarter(0, 5, 10, 15); quarter(1, 6, 11, 12); quarter(2, 7, 8, 13); quarter(3, 4, 9, 14)
    return s


CONSTANTS = struct.unpack("<4I", b"expand 32-byte k")


def block(key, counter, nonce12):
    state = [*CONSTANTS, *struct.unpack("<8I", key), counter, *struct.unpack("<3I", nonce12)]
    return struct.pack("<16I", *((a + b) & 0xFFFFFFFF for a, b in zip(state, rounds(state))))


def hchacha(key, nonce16):
    out = rounds([*CONSTANTS, *struct.unpack("<8I", key), *struct.unpack("<4I", nonce16)])
    return struct.pack("<8I", *out[:4], *out[12:])


def xchacha_open(key, nonce, aad, ciphertext, tag):
    key, nonce = hchacha(key, nonce[:16]), bytes(4) + nonce[16:]
    one_time = block(key, 0, nonce)[:32]
    r = int.from_bytes(one_time[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    message = b"".join(part + bytes(-len(part) % 16) for part in (aad, ciphertext))
    message += struct.pack("<QQ", len(aad), len(ciphertext))
    acc = 0
    for i in range(0, len(message), 16):
        acc = (acc + int.from_bytes(message[i:i + 16] + b"\x01", "little")) * r % ((1 << 130) - 5)
    acc = (acc + int.from_bytes(one_time[16:], "little")) % (1 << 128)
    check(acc.to_bytes(16, "little") == tag, "tag")
    stream = b"".join(block(key, 1 + i, nonce) for i in range((len(ciphertext) + 63) // 64))
    return bytes(a ^ b for a, b in zip(ciphertext, stream))


def hkdf(salt, ikm, info, length):
    prk = hmac.digest(salt or bytes(64), ikm, "sha512")
    out, last, n = b"", b"", 1
    while len(out) < length:
        last = hmac.digest(prk, last + info + bytes([n]), "sha512")
        out, n = out + last, n + 1
    return out[:length]


def sha256(data):
    return hashlib.sha256(data).digest()


# Ed25519 (RFC 8032), verification only.
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(a, b):
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    e, f = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    g, h = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, point):
    out = (0, 1, 1, 0)
    while n:
        if n & 1:
            out = add(out, point)
        point, n = add(point, point), n >> 1
    return out


def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * ROOT % P
    check((x * x - x2) % P == 0, "curve point")
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def verify(public, message, signature):
    s = int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % Q
    a, b = times(s, BASE), add(point(signature[:32]), times(h, point(public)))
    return s < Q and (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


# ---------------------------------------------------------------- format

def ctx(label, *parts):
    label = b"sesame1/" + label.encode()
    return bytes([len(label)]) + label + b"".join(struct.pack(">H", len(p)) + p for p in parts)


def kx(ikm, label, *parts, length=32):
    return hkdf(b"", ikm, ctx(label, *parts), length)


def open_envelope(key, kind, aad, data):
    check(len(data) >= 80 and data[:8] == b"SEN1\x01" + bytes([kind]) + b"\0\0", "envelope")
    nonce, commitment, text, tag = data[8:32], data[32:64], data[64:-16], data[-16:]
    keys = hkdf(nonce, key, ctx("aead", bytes([1, kind]), sha256(aad)), 64)
    check(keys[32:] == commitment, "commitment")
    return xchacha_open(keys[:32], nonce, data[:32] + aad, text, tag)


def unpad(data):
    length = int.from_bytes(data[:4], "big")
    total = 4 + length
    if total <= 4096:
        size = -(-total // 256) * 256
    else:
        e = total.bit_length() - 1
        step = 1 << (e - e.bit_length())
        size = -(-total // step) * step
    check(size == len(data) and not any(data[total:]), "padding")
    return data[4:total]


class Cursor:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, n):
        self.at += n
        check(self.at <= len(self.data), "length")
        return self.data[self.at - n:self.at]

    def number(self, n):
        return int.from_bytes(self.take(n), "big")

    def end(self):
        check(self.at == len(self.data), "length")


def header(data):
    c = Cursor(data)
    check(c.take(6) == b"SHD1\0\x01", "header")
    h = {"account": c.take(16), "gen": c.take(16), "hdr_seq": c.number(8), "min_reader": c.number(2), "slots": []}
    check(h["min_reader"] <= 1, "written for a newer reader")
    for _ in range(c.number(1)):
        s = {"id": c.take(16), "kind": c.number(1), "kdf": c.number(1), "flags": c.number(2), "salt": c.take(32)}
        s["aux"] = c.take(c.number(2))
        s["wrap"] = c.take(112)
        h["slots"].append(s)
    h["pub"], h["body"], h["mac"] = c.take(32), data[:-32], c.take(32)
    c.end()
    return h


def kek(h, slot, secret):
    ids = (h["account"], h["gen"], slot["id"])
    if slot["kind"] == 1:
        return kx(secret, "kek/pw", *ids)
    if slot["kind"] == 2:
        return kx(secret, "kek/rec", *ids)
    return kx(secret, "kek/prf", *ids, sha256(slot["aux"]))


def unwrap(h, slot, secret):
    aad = ctx("slot", h["account"], h["gen"], slot["id"], bytes([slot["kind"]]), bytes([slot["kdf"]]),
              struct.pack(">H", slot["flags"]), slot["salt"], slot["aux"])
    return open_envelope(kek(h, slot, secret), 1, aad, slot["wrap"])


def cbor(c):
    first = c.number(1)
    major, n = first >> 5, first & 31
    if major == 7:
        return {20: False, 21: True}[n]
    if n >= 24:
        n = c.number(1 << (n - 24))
    if major == 0:
        return n
    if major == 2:
        return c.take(n).hex()
    if major == 3:
        return c.take(n).decode()
    if major == 4:
        return [cbor(c) for _ in range(n)]
    check(major == 5, "cbor")
    return {cbor(c): cbor(c) for _ in range(n)}


def read_golden(path):
    g = {"vault": {}, "shard": {}, "item": {}, "answer": {}, "secret": [], "cbor": {}}
    for line in open(path, encoding="utf-8"):
        words = line.split()
        if words[0] in ("vault", "shard", "item", "answer"):
            g[words[0]][words[1]] = bytes.fromhex(words[2])
        elif words[0] == "backup":
            from_backup(g, bytes.fromhex(words[1]))
        elif words[0] == "secret":
            g["secret"].append(words[1:])
        elif words[:2] == ["expect", "cbor"]:
            g["cbor"][words[2]] = words[3]
    return g


def from_backup(g, data):
    check(sha256(data[:-32]) == data[-32:] and data[:6] == b"SBK1\0\x01", "backup")
    c = Cursor(data[14:-32])
    for name in ("header", "manifest", "local"):
        g["vault"][name] = c.take(c.number(4))
    for _ in range(c.number(4)):
        name = c.take(16).hex()
        g["item"][name] = c.take(c.number(4))
    c.end()


def vault_key(h, secret):
    kind = {"password": 1, "recovery": 2, "passkey": 3}[secret[0]]
    if kind == 2:
        material = secret[1].replace("-", "")[:26].encode()
        check(all(chr(b) in CROCKFORD for b in material), "recovery code")
        slots = [s for s in h["slots"] if s["kind"] == 2]
    else:
        material = bytes.fromhex(secret[2])
        slots = [s for s in h["slots"] if s["kind"] == kind and s["id"].hex() == secret[1]]
    return unwrap(h, slots[0], material)


def account(g, vk, ids, device, pub):
    """Both records of an account, and the links from the newest that is known to the newest that there is."""
    record = g["vault"]["account"]
    check(record[:54] == b"SAC1\0\x01" + ids[0] + ids[1] + device, "account record")
    check(sha256(record[:-64]) == record[-64:-32], "account checksum")
    check(hmac.digest(kx(vk, "local-mac", *ids, device), record[:-32], "sha256") == record[-32:], "account MAC")

    c = Cursor(open_envelope(kx(vk, "device", device), 7, ctx("cache", *ids, device, b"sync"), g["vault"]["sync"]))
    check(c.number(1) == 1, "sync record")
    c.take(16 + 32)
    print("account: epoch", c.number(8), "reason", c.number(1), "decision", c.number(1))
    known, base, pending = (c.take(c.number(4)) for _ in range(3))
    c.end()
    check(len(pending) % 57 == 0 and known[76:108] == sha256(base), "the account's known state")

    newest, chain = g["answer"]["pull"][:2244], Cursor(g["answer"]["chain"])
    links = [known] + [chain.take(2244) for _ in range(chain.number(2))]
    chain.end()
    check(links[-1] == newest, "the chain leads to the newest link")
    for link, after in zip(links, links[1:]):
        check(after[44:76] == sha256(link) and after[36:44] > link[36:44], "link")
    for link in links:
        check(verify(pub, ctx("manifest", link[:2180]), link[2180:]), "link's signature")
    print("account:", len(links), "links")


def main(path):
    g = read_golden(path)
    h = header(g["vault"]["header"])
    keys = {vault_key(h, secret) for secret in g["secret"]}
    check(len(keys) == 1, "all secrets give one key")
    vk, ids = keys.pop(), (h["account"], h["gen"])
    check(hmac.digest(kx(vk, "header-mac", *ids), h["body"], "sha256") == h["mac"], "header MAC")

    m = g["vault"]["manifest"]
    body, signature = m[:2180], m[2180:]
    check(len(m) == 2244 and body[:36] == b"SMN1" + h["account"] + h["gen"], "manifest")
    check(verify(h["pub"], ctx("manifest", body), signature), "signature")
    check(body[76:108] == sha256(g["vault"]["header"]), "header hash")

    local = g["vault"]["local"]
    device = local[38:54]
    check(sha256(local[:-64]) == local[-64:-32], "local checksum")
    check(hmac.digest(kx(vk, "local-mac", *ids, device), local[:-32], "sha256") == local[-32:], "local MAC")

    buckets = {i: [] for i in range(64)}
    for name, row in sorted(g["item"].items()):
        buckets[int(name[:2], 16) >> 2].append(bytes.fromhex(name) + row[:9] + sha256(row[9:]))
    for i, entries in buckets.items():
        wanted = body[132 + 32 * i:164 + 32 * i]
        check(sha256(ctx("bucket", h["gen"], bytes([i]), b"".join(entries))) == wanted, f"bucket {i}")
        shard = g["shard"].get(f"{i:02x}")
        if shard:
            aad = ctx("shard", *ids, device, bytes([i]), wanted)
            plain = unpad(open_envelope(kx(vk, "local-cache", device), 5, aad, shard))
            check(int.from_bytes(plain[:4], "big") == len(entries), f"shard {i}")

    if "anchor" in g["vault"]:
        aad = ctx("anchor", *ids, device)
        anchor = open_envelope(kx(vk, "local-anchor", device), 6, aad, g["vault"]["anchor"])
        check(anchor[:56] == h["gen"] + body[36:44] + sha256(m), "anchor")

    if "account" in g["vault"]:
        account(g, vk, ids, device, h["pub"])

    for name, row in sorted(g["item"].items()):
        item, rev, op = bytes.fromhex(name), row[:8], row[8:9]
        key = kx(vk, "item-key", item, rev, op)
        plain = unpad(open_envelope(key, 2 if op == b"\x01" else 3, ctx("item", *ids, item, rev, op), row[9:]))
        if name in g["cbor"]:
            check(sha256(plain).hex() == g["cbor"][name], "content")
        what = cbor(Cursor(plain)) if op == b"\x01" else {"tombstone": plain[:16].hex()}
        print(name[:8], {k: v if len(str(v)) < 60 else "..." for k, v in what.items()})
    print("ok:", len(g["item"]), "rows")


if __name__ == "__main__":
    main(sys.argv[1])
