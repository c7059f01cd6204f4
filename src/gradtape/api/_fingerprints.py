"""Hashes of strings: FarmHash's Fingerprint64, SipHash-2-4, MurmurHash64A, and how fingerprints are joined.

Sources: FarmHash's description of its 64-bit fingerprint (github.com/google/farmhash), which is fixed for ever; J.-P. Aumasson and
D. J. Bernstein, "SipHash: a fast short-input PRF" (2012); A. Appleby's MurmurHash2. All arithmetic is modulo 2^64.
"""

from __future__ import annotations

from functools import lru_cache

MASK = (1 << 64) - 1
K0, K1, K2 = 0xC3A5C85C97CB3127, 0xB492B66FBE98F273, 0x9AE16A3B2F90404F
MURMUR = 0xC6A4A7935BD1E995
SEED = 0xDECAFCAFFE  # of the default hash, and the key of crosses


def word(s: bytes, at: int, size: int = 8) -> int:
    return int.from_bytes(s[at : at + size], "little")


def turned(x: int, count: int) -> int:
    """Rotated to the right."""
    return ((x >> count) | (x << (64 - count))) & MASK if count else x


def mixed(x: int) -> int:
    return x ^ (x >> 47)


def pair(u: int, v: int, factor: int) -> int:
    """Two words as one."""
    a = mixed(((u ^ v) * factor) & MASK)
    b = mixed(((v ^ a) * factor) & MASK)
    return (b * factor) & MASK


@lru_cache(4096)
def fingerprint(s: bytes) -> int:
    """FarmHash's Fingerprint64."""
    n = len(s)
    if n <= 16:
        return up_to_16(s, n)
    if n <= 32:
        return up_to_32(s, n)
    return up_to_64(s, n) if n <= 64 else long(s, n)


def up_to_16(s: bytes, n: int) -> int:
    factor = K2 + 2 * n
    if n >= 8:
        a, b = (word(s, 0) + K2) & MASK, word(s, n - 8)
        c, d = (turned(b, 37) * factor + a) & MASK, ((turned(a, 25) + b) * factor) & MASK
        return pair(c, d, factor)
    if n >= 4:
        return pair(n + (word(s, 0, 4) << 3), word(s, n - 4, 4), factor)
    if n:
        y, z = s[0] + (s[n >> 1] << 8), n + (s[n - 1] << 2)
        return (mixed((y * K2 & MASK) ^ (z * K0 & MASK)) * K2) & MASK
    return K2


def up_to_32(s: bytes, n: int) -> int:
    factor = K2 + 2 * n
    a, b = (word(s, 0) * K1) & MASK, word(s, 8)
    c, d = (word(s, n - 8) * factor) & MASK, (word(s, n - 16) * K2) & MASK
    first = (turned((a + b) & MASK, 43) + turned(c, 30) + d) & MASK
    return pair(first, (a + turned((b + K2) & MASK, 18) + c) & MASK, factor)


def up_to_64(s: bytes, n: int) -> int:
    factor = K2 + 2 * n
    a, b = (word(s, 0) * K2) & MASK, word(s, 8)
    c, d = (word(s, n - 8) * factor) & MASK, (word(s, n - 16) * K2) & MASK
    y = (turned((a + b) & MASK, 43) + turned(c, 30) + d) & MASK
    z = pair(y, (a + turned((b + K2) & MASK, 18) + c) & MASK, factor)
    e, f = (word(s, 16) * factor) & MASK, word(s, 24)
    g, h = ((y + word(s, n - 32)) * factor) & MASK, ((z + word(s, n - 24)) * factor) & MASK
    first = (turned((e + f) & MASK, 43) + turned(g, 30) + h) & MASK
    return pair(first, (e + turned((f + a) & MASK, 18) + g) & MASK, factor)


def seeded_block(s: bytes, at: int, a: int, b: int) -> tuple[int, int]:
    """32 bytes and two words as two words."""
    w, x, y, z = (word(s, at + k) for k in (0, 8, 16, 24))
    a = (a + w) & MASK
    b = turned((b + a + z) & MASK, 21)
    c = a
    a = (a + x + y) & MASK
    b = (b + turned(a, 44)) & MASK
    return (a + z) & MASK, (b + c) & MASK


def long(s: bytes, n: int) -> int:
    seed = 81
    x, y = seed, (seed * K1 + 113) & MASK
    z = (mixed((y * K2 + 113) & MASK) * K2) & MASK
    v, w = (0, 0), (0, 0)
    x = (x * K2 + word(s, 0)) & MASK
    end = ((n - 1) // 64) * 64
    for at in range(0, end, 64):
        x = (turned((x + y + v[0] + word(s, at + 8)) & MASK, 37) * K1) & MASK
        y = (turned((y + v[1] + word(s, at + 48)) & MASK, 42) * K1) & MASK
        x ^= w[1]
        y = (y + v[0] + word(s, at + 40)) & MASK
        z = (turned((z + w[0]) & MASK, 33) * K1) & MASK
        v = seeded_block(s, at, (v[1] * K1) & MASK, (x + w[0]) & MASK)
        w = seeded_block(s, at + 32, (z + w[1]) & MASK, (y + word(s, at + 16)) & MASK)
        x, z = z, x
    return last_block(s, n, (x, y, z), v, w)


def last_block(s: bytes, n: int, state: tuple[int, int, int], v: tuple[int, int], w: tuple[int, int]) -> int:
    x, y, z = state
    factor = (K1 + ((z & 0xFF) << 1)) & MASK
    at = n - 64
    w = ((w[0] + ((n - 1) & 63)) & MASK, w[1])
    v = ((v[0] + w[0]) & MASK, v[1])
    w = ((w[0] + v[0]) & MASK, w[1])
    x = (turned((x + y + v[0] + word(s, at + 8)) & MASK, 37) * factor) & MASK
    y = (turned((y + v[1] + word(s, at + 48)) & MASK, 42) * factor) & MASK
    x ^= (w[1] * 9) & MASK
    y = (y + v[0] * 9 + word(s, at + 40)) & MASK
    z = (turned((z + w[0]) & MASK, 33) * factor) & MASK
    v = seeded_block(s, at, (v[1] * factor) & MASK, (x + w[0]) & MASK)
    w = seeded_block(s, at + 32, (z + w[1]) & MASK, (y + word(s, at + 16)) & MASK)
    x, z = z, x
    first = (pair(v[0], w[0], factor) + (mixed(y) * K0 & MASK) + z) & MASK
    return pair(first, (pair(v[1], w[1], factor) + x) & MASK, factor)


def joined_fingerprints(first: int, second: int) -> int:
    """One fingerprint of two."""
    out = first ^ MURMUR
    out ^= (mixed((second * MURMUR) & MASK) * MURMUR) & MASK
    out = (out * MURMUR) & MASK
    return mixed((mixed(out) * MURMUR) & MASK)


def murmur(s: bytes, seed: int = SEED) -> int:
    """MurmurHash64A."""
    n = len(s)
    h = (seed ^ (n * MURMUR)) & MASK
    for at in range(0, n - n % 8, 8):
        k = (word(s, at) * MURMUR) & MASK
        h = ((h ^ (mixed(k) * MURMUR & MASK)) * MURMUR) & MASK
    if n % 8:
        h = ((h ^ word(s, n - n % 8, n % 8)) * MURMUR) & MASK
    return mixed((mixed(h) * MURMUR) & MASK)


def siphash(s: bytes, key: tuple[int, int]) -> int:
    """SipHash-2-4."""
    k0, k1 = key
    v = [k0 ^ 0x736F6D6570736575, k1 ^ 0x646F72616E646F6D, k0 ^ 0x6C7967656E657261, k1 ^ 0x7465646279746573]
    n = len(s)
    blocks = [word(s, at) for at in range(0, n - n % 8, 8)]
    blocks.append(word(s, n - n % 8, n % 8) | ((n & 0xFF) << 56))
    for block in blocks:
        v[3] ^= block
        rounds(v, 2)
        v[0] ^= block
    v[2] ^= 0xFF
    rounds(v, 4)
    return v[0] ^ v[1] ^ v[2] ^ v[3]


def rounds(v: list[int], count: int) -> None:
    for _ in range(count):
        v[0] = (v[0] + v[1]) & MASK
        v[2] = (v[2] + v[3]) & MASK
        v[1] = turned(v[1], 51) ^ v[0]
        v[3] = turned(v[3], 48) ^ v[2]
        v[0] = turned(v[0], 32)
        v[2] = (v[2] + v[1]) & MASK
        v[0] = (v[0] + v[3]) & MASK
        v[1] = turned(v[1], 47) ^ v[2]
        v[3] = turned(v[3], 43) ^ v[0]
        v[2] = turned(v[2], 32)
