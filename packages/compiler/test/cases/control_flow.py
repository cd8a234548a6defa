"""Loops, branches and early exits, made at random."""
import torch, math
import torch.nn.functional as F
from typing import List

def g0(x, n: int, f: float, l: List[int]):
    if n < -1 // 3 <= -n - n // n:
        raise Exception('x{}'.format((n if f >= f else n)))
    for i1 in range(-n - n // n, n, 2):
        for i2 in l:
            i3, f4 = int(math.exp(f - i1) * 1.0), f
            f = float(-1)
            b5 = (i2 == i2 and not i2 >= i2)
    x[n] *= [q * n for q in range(n + n)][0]
    assert (f < n / n and 1.5 < 2.25), f'{n % n}b'
    f += f - math.floor(math.floor(f) * 1.0) * 1.0
    return x[:, 3:]

def g1(x, n: int, f: float, l: List[int]):
    assert -3.5 < f
    for i1 in range(0 * n, n, 2):
        l = l

def g2(x, n: int, f: float, l: List[int]):
    assert not (n if f < f else n) in l
    for i2, i1 in enumerate(l):
        for i3 in range((i1 + l[0] if not f > f else n), 3):
            f4 = f
        i5, f6 = 0, -3.5 + n - 7
    f = f / f
    n -= min(n - 1, l[0])
    return 1

def g5(x, n: int, f: float, l: List[int]):
    if (n < n or n in [n, n]):
        f -= float(n - n) - f
        assert n < n, f'{n}b'
    i1, f2 = n, f
    x *= x
    for i4, i3 in enumerate(l):
        while 1e-3 == 1e-3:
            while i3 in l:
                if f == float(i3):
                    break
    if n > n:
        return x
    f5 = f2
    return x

def g6(x, n: int, f: float, l: List[int]):
    for i1 in l[2:]:
        while (n <= n or f < 0.0):
            i2, f3 = 2, f
        while 1e-3 >= f:
            l.append((len(l[n:]) if 0.0 <= f else n))
            if 7 - 7 > i1:
                if i1 < F.relu(x).size(0) <= l[0] * i1:
                    break
                l = (l + [i1])
            else:
                b4 = l[0] <= i1
        if 2 != i1:
            n += torch.zeros(i1, i1).size(0) - x.size(1)
            for i5 in range(n, i1):
                if l[0] in l:
                    continue
                assert (i1 + n < len(l) <= i5 * n and n % n <= i1), 'a'
                n = n
        else:
            if l[0] <= 7:
                return l
    if n in l[n:]:
        return l
    if len(l) in (l + [len(l)]):
        return l
    return l[min(n, n * n):]

def g7(x, n: int, f: float, l: List[int]):
    t1 = x
    t2 = x
    while not not n in l:
        if not (f != f and (f != f and n != n)):
            t3 = torch.cat([t1, t2], dim=n)
        elif math.log(f) * 1.0 == f:
            while n // n % n in l:
                t1[n] *= n
                n += 1
                if len([q * n for q in range(n)]) != n * n:
                    break
            if True:
                t1[x - t1.size(-1) - 0] += n
            elif n + n + n < n // n * n:
                f = f
        t2[n] *= f
        if math.floor(0.0) * 1.0 >= f:
            n += l[0]
            assert -n < n * min(n, n) <= n + n, f'{n}b'
        elif -n in l:
            i4, f5 = n, float(n)
            t1[i4 // n] *= t1
            if not (f5 >= f and n < i4):
                if n in l:
                    return x / f
                i6 = i4
                if n <= i6:
                    break
    l = (l + [n])
    return x

def g8(x, n: int, f: float, l: List[int]):
    for i1 in (l + [n]):
        x = x - i1 - n / n
    for i2 in range((2 if not n < n <= n else 1), -1, 2):
        f += 2.25
    n *= n
    while int(n / n) < min(n, x.size(1)) <= n:
        if n in l:
            for i3 in range(len(l), n - n % n - n % n, 2):
                if -i3 < (i3 * n if (i3 >= i3 or i3 > i3) else i3) <= n:
                    break
                print(-1, 'a')
                f = 2.25
            while 0 <= 7:
                i4 = n
                if f != math.floor(f) * 1.0 - i4 - i4:
                    continue
        else:
            t5 = x[n]
        n += n
        while not n <= n // n:
            i6, f7 = n, 0.0
            i8 = i6
            for i9 in range(0, i6):
                if False:
                    return l
                i6 -= l[0] % n
                x[int(f)] += -3.5
    i10, f11 = n, f
    return l

def g9(x, n: int, f: float, l: List[int]):
    while False:
        for i2, i1 in enumerate(l):
            for i3 in range(0, -i1):
                if f >= f + i2:
                    continue
                if not n > 1:
                    return x
                print(i3, 'x{}'.format(i3))
        if 7 == n:
            raise Exception(f'{int(f)}b')
        b4 = not not n < n
    while f + n - n >= f:
        if n in l:
            for i5 in range(n, l[0]):
                f6 = float(7)
                print(i5 - int(f6) + 7, 'a')
                if 3 <= int(f6):
                    break
        else:
            assert min(n, n) - 0 in l
    if n > n:
        return x / x + n
    return x.view(-1, n)

def g10(x, n: int, f: float, l: List[int]):
    for i2, i1 in enumerate(l):
        if 2.25 != f:
            break
        t3 = x
        for i4 in range(i2, i2, 2):
            for i6, i5 in enumerate((l + [-1])):
                t3 *= t3 * t3
    if l[0] + n * n <= -1:
        for i7 in range(-n, n):
            while 3 == min(i7 - n, n):
                l8 = [i7, -n]
                if True:
                    return (l + [min(7, n % i7)])
                if -3.5 == f:
                    break
            if f >= 2.25:
                return l[i7 + 2:]
            l.append(x.size(-1))
    elif n > n:
        while -1 != n:
            n += len(l) + (n if f >= f else l[0])
            i9, f10 = n, 0.0
    return l[5:]

def g11(x, n: int, f: float, l: List[int]):
    if n % n < n <= min(n, 0):
        return x
    x *= x
    n *= n
    b1 = math.exp(f) * 1.0 == f

def g12(x, n: int, f: float, l: List[int]):
    for i1 in [q * n for q in range(len([n, n]))]:
        if float(i1) < f:
            if n * i1 * i1 in [n, n]:
                if i1 <= i1:
                    continue
                if n < n <= 7:
                    continue
                x -= x
            else:
                if f <= f:
                    break
            i2 = n
        else:
            n -= i1
            if (1 >= 5 or i1 < 5 <= i1):
                break
            while False:
                assert i1 % i1 >= n, 'a'
                if 0 in l:
                    return 1
                f = 1e-3 * f / f
    x[n] = n
    return n - n

def g13(x, n: int, f: float, l: List[int]):
    n = 7
    if n < (l[0] if (n == n and f != f) else n + n):
        if n < n // n + (n if f < f else n) <= n:
            return int(math.log(-3.5) * 1.0)
        if (n > n or -1 < 2):
            print(2, 'x{}'.format(n))
            if n + n <= n:
                return n
            if -n != n:
                return n
        elif min(n, 7) == n:
            if n - 2 in l:
                print(n, f'{n}b')
                i1, f2 = n, f
            else:
                assert f / x.size(-1) >= f
                t3 = x
                assert n * n * t3.size(1) <= min(n // n, n)
    elif (n * n if (n <= n and f != f) else min(n, n)) == n:
        while not not not f <= f:
            n = n
        while 2 < 1 <= n:
            x = torch.relu(x)
            i4, f5 = n, f
            t6 = x
    else:
        if n + n * n in [q * n for q in range(-n)]:
            return n
    l.append(int(f))
    return n // -1

def g14(x, n: int, f: float, l: List[int]):
    n += 0
    if n < n:
        raise Exception('x{}'.format(-1))
    if n in l:
        return n * n
    return x + x.size(1)

def g15(x, n: int, f: float, l: List[int]):
    if 7 != n:
        return l
    l.append(7)
    print(-1, 'x{}'.format(n * n))
    while not -n in l:
        f -= f
    if not f * n > f:
        if n >= n:
            while (((f != f and f <= f) or n <= n) and math.cos(f) * 1.0 >= f - n):
                i1, f2 = n % n, f
                if True:
                    break
                t3 = x[i1]
        else:
            for i5, i4 in zip(l, l):
                if x.size(1) > len(l):
                    continue
                if n % 7 >= 1:
                    continue
        assert (2 if n in l else n + n) == n, 'a'
    else:
        print(n, 'a')
        assert not (n in l or n >= n), 'x{}'.format(7)
    if float(n) != f - n / f / n:
        raise RuntimeError(f'{5}b')
    return l

def g16(x, n: int, f: float, l: List[int]):
    i1, f2 = 1 * 7, math.exp(f / n % n) * 1.0
    f3 = math.cos(f) * 1.0
    i1 = 1
    if n < n * 2 <= n:
        l.append(-1)
        f4 = i1 / 1
        l5 = l
    return 0.0 / n + n // i1

def g17(x, n: int, f: float, l: List[int]):
    i1 = min((n if f < f else n % n), n)
    l.append(i1)
    for i3, i2 in zip(l, l):
        t4 = x * i2
        if 7 <= t4.size(0):
            for i5 in range(int(1.5) * i2 + n // i2):
                if t4.size(0) == i1 * i5 + n // i2:
                    break
                l6 = [7, int(f)]
            while i1 / i2 % n <= 0.0:
                f += f
            for i8, i7 in zip(l[i2 % -1:], l):
                if i8 - i1 * x.size(0) in [int(f), i7 // i2]:
                    break
                if (not i1 != i1 or 1.5 <= f):
                    break
                t4 *= F.relu(t4)
        else:
            while i3 > len(l[n:]):
                if f > -3.5:
                    break
            if i2 * i1 + -i1 >= l[0] - 2:
                x[0 - i3] += 3
            else:
                t9 = x
                x = t4
                i3 += 2 + n // n
        f = f + f
    f += 2.25
    return f

def g19(x, n: int, f: float, l: List[int]):
    if len(l) != 7 * 5:
        i1, f2 = len(l), f
        if min(i1, i1) == 3 - 3:
            return x.view(-1, i1)
        t3 = x.t()
    else:
        while f != math.exp(f * f) * 1.0:
            if n > min(n, n):
                raise RuntimeError(f'{n}b')
        i4 = l[int(f):][0]
        n += 0
    i5, f6 = n % len([q * n for q in range(n)]), math.sqrt(math.log(0.0) * 1.0) * 1.0
    assert len([q * n for q in range(i5)]) < len(l) * (i5 if i5 >= i5 else n) <= i5, f'{(i5 if f6 <= f else n)}b'
    for i8, i7 in enumerate([q * i5 for q in range(x * n.size(0))]):
        if 1 > 5:
            raise RuntimeError('x{}'.format(i8))
    return torch.tanh(x)

def g20(x, n: int, f: float, l: List[int]):
    if n < 3 <= -1:
        return f
    b1 = n <= (n // n if True else min(n, n))
    for i2 in l:
        if i2 >= len([n, n]):
            b1 = b1
            while n + i2 < int(f) <= n:
                i2 += 3
                if b1:
                    break
        elif b1:
            if not b1:
                if True:
                    break
                if b1:
                    continue
                assert b1
        else:
            i3 = 2
        assert b1
        while 1e-3 <= f:
            if i2 < i2 // len(l) <= l[n:][0]:
                continue
            n -= n - 2
            if f <= f:
                break
    while 0 > n:
        if b1:
            x[-1 // n + 3 * n] = x
        x -= f * x
        if b1:
            return f
    if b1:
        raise Exception(f'{n}b')
    return 1e-3

def g22(x, n: int, f: float, l: List[int]):
    x = x.clone()
    if n < int(math.cos(f) * 1.0) <= n % n:
        x = x.clone()
    elif not n == l[0]:
        if (l[0] < x.size(1) <= n or (n in l or n in l)):
            return x
    else:
        if n == n:
            if 0 <= n:
                l.append(n)
                if not True:
                    return x - f
                i1 = min(n + n - n, min(n, 0))
            elif not n - n < n <= n:
                if 1e-3 <= f:
                    return x * n
                x = x
            for i2 in range(n):
                if n < i2 % i2 // l[0] <= int(f * i2):
                    continue
                if 5 < n <= i2 + n % n:
                    break
            if n < min(len(l), 7) <= n:
                return f - f / f / n * x
        else:
            if n == n:
                return x
        if int(1e-3) != n % n + n - n:
            return torch.zeros(n, x[:, n:].size(1))
        if f - f < f:
            raise Exception('x{}'.format(n))
    return x.view(-1, n)

def g23(x, n: int, f: float, l: List[int]):
    if (f / f == f or not False):
        return x[n + n + 1]
    b1 = not not (f == f and n >= n)
    return x

def g24(x, n: int, f: float, l: List[int]):
    f = f
    if False:
        for i1 in l[(n if n > n else n) - n:]:
            x[i1] *= min(0 // -n, l[0])
            i1 = i1
    i2, f3 = len([n, n]), float(n)
    return (l + [7])

def g25(x, n: int, f: float, l: List[int]):
    if n > 5:
        n = int(-3.5 * n // n)
        if n - n + n < n:
            n = n
            i1, f2 = n // (l + [n])[0], 1.5
            l = l
        else:
            f -= f
            x[x.t().size(1)] += 1e-3
            while 2 >= n:
                if not f > f:
                    continue
    if -1 < 3 <= n:
        t3 = torch.zeros(n, (n % n if n >= n else n))
        i4 = n
        assert n >= i4
    n = n
    for i5 in range(n, n, 2):
        i6, f7 = -1, f
    i8, f9 = int(math.floor(f - n) * 1.0), 1e-3
    return x

def g28(x, n: int, f: float, l: List[int]):
    if n in l:
        return [l[0] // (n if n < n else n), (n if n != n else 1)]
    i1, f2 = 7, float(len(l) // n)
    i1 = i1 + 1
    i3, f4 = int(f), f
    l5 = [q * i3 for q in range(0)]
    return [(l + [i3])[0], n]

def g30(x, n: int, f: float, l: List[int]):
    if n // 0 in [q * n for q in range(n)]:
        if n / 1 >= -3.5:
            return torch.tanh(x)
        i1, f2 = 5, math.log(f / f) * 1.0 / min(n, n) / n // n
    else:
        n = n
    if not f == f * n:
        raise ValueError('a')
    if -1 < n - 3 <= n:
        return x
    n = n
    n += min(n, 1)
    return x[:, n:]

def g31(x, n: int, f: float, l: List[int]):
    i1 = n
    if i1 in l:
        i2, f3 = i1, 1e-3
    t4 = x
    for i5 in range(5, 0, 2):
        for i6 in range(i1 // i1 + int(f), i5, 2):
            for i8, i7 in zip([n, i1], l[n % int(f):]):
                if i8 >= i8:
                    continue
                if not (i6 == i1 or f != f):
                    break
                if len([q * i5 for q in range(i1)]) in (l + [7]):
                    return f * x
            if x.size(-1) <= len(l):
                continue
            if len(l) <= i6:
                f = math.log(f) * 1.0
                if (not n >= i1 or -1 < i1 + i5):
                    continue
                if (i5 if i5 in l else l[0]) == 5:
                    break
            else:
                if x.size(1) >= i1:
                    break
                i9, f10 = -i1, 2.25
        t11 = t4
    return torch.cat([x, t4 + f], dim=n)

def g32(x, n: int, f: float, l: List[int]):
    x += x
    if f >= float(n):
        raise RuntimeError(f'{n}b')
    return n

def g33(x, n: int, f: float, l: List[int]):
    x += x + n
    t1 = x
    return l

def g35(x, n: int, f: float, l: List[int]):
    l.append(n - l[0])
    while n >= n:
        for i1 in range(0 - n // len(l), n, 2):
            for i3, i2 in zip([7, n], l):
                print(n, 'x{}'.format(n))
                if n in [l[0], n]:
                    continue
            for i4 in range(0, x.size(0)):
                if (i1 < -i1 and i4 + i4 < 1):
                    continue
                i5, f6 = n, f
            x[n] *= x[-i1]
        if math.sqrt(f * n) * 1.0 >= f * n:
            while min(1, min(n, n)) <= -1:
                print(0, 'x{}'.format(n // n))
        while -1 - n < n <= n:
            n *= n
            l7 = l
    x -= x
    i8, f9 = n, f

def g37(x, n: int, f: float, l: List[int]):
    if l[0] // n * n in l:
        assert n in l, 'x{}'.format(min(n, n))
        b1 = n >= n
    else:
        if len(l) > min(n, n) - n:
            return l
    while 0 < n <= n:
        for i2 in [q * n for q in range(n)]:
            x[n] += 0.0
    print(n, f'{n}b')
    if True:
        l = (l + [x.size(-1)])
        x[n] = f
    f3 = 2.25
    return l

def g39(x, n: int, f: float, l: List[int]):
    x += x
    f = float(n) * f
    for i1 in range(3):
        for i2 in l:
            b3 = i2 in l
    f4 = -3.5
    while (n * n if n >= n else -1) <= 5:
        if (n if n == n else n) >= n * -n:
            t5 = x[:, len(l) * n:]
    for i6 in range(len((l + [n])), n):
        x *= x
    return n

def g40(x, n: int, f: float, l: List[int]):
    if f >= f:
        raise Exception(f'{n}b')
    if f != f - math.cos(f) * 1.0:
        return l
    return l

def g41(x, n: int, f: float, l: List[int]):
    b1 = 7 in [q * n for q in range(n * n)]
    n -= int(f - n) % 3
    if int(math.exp(f) * 1.0) in l:
        assert n < n <= (n * n if b1 else n)
    else:
        i2 = n
        while (i2 * n in (l + [n]) or i2 < n <= l[0]):
            i3, f4 = n, f
            if (n * n < n - n <= n + n and f < math.cos(f) * 1.0):
                t5 = x
                i6 = 5
                if b1:
                    continue
            else:
                if b1:
                    break
                if b1:
                    return F.relu(x)
            if -i3 in l:
                if b1:
                    break
                if not b1:
                    break
            else:
                i7 = (l + [int(f)])[0]
                l.append(i7)
    if False:
        n = n + -n
    n += min(n, n)
    return x

def g42(x, n: int, f: float, l: List[int]):
    assert 1 % n // n < n <= torch.zeros(n, n).size(0)
    n += 2
    x -= x
    n -= n
    return f

def g43(x, n: int, f: float, l: List[int]):
    if n % -1 in [q * n for q in range(n - n)]:
        return n * n + 7
    i1, f2 = n, 0.0 + f * f + f - f
    l = [q * i1 for q in range(l[0])]
    return min(n, i1)

def g44(x, n: int, f: float, l: List[int]):
    f = f - f - torch.cat([x, x], dim=n).size(1)
    if 3 in l:
        if 7 >= n:
            return (l + [l[0]])[0]
    else:
        if not (n != n or f >= f):
            raise Exception('a')
    print(n + l[0], 'a')
    assert 2 in l, f'{n}b'
    x[3] += n * x
    return n

def g45(x, n: int, f: float, l: List[int]):
    x[n - 3 % n] = 2 / min(n, n)
    i1 = 1 + (n if (n != n or f < f) else n)
    for i2 in range(-n * i1 // n, n, 2):
        if n * n % 1 in l:
            return x
        f += 1.5 * i2
    print(n, f'{5}b')

def g46(x, n: int, f: float, l: List[int]):
    if len((l + [n])) > n:
        return f
    if not True:
        if n >= (n if n < n <= n else len(l)):
            return f
        if False:
            x[n * n] += x
            i1, f2 = len((l + [n])), n + n / n
        elif True:
            x *= x
            i3, f4 = n, f
            for i5 in range(int(f4), n - n // n):
                if f >= f4 + n:
                    continue
                x *= F.relu(x)
        f *= math.exp(f + n) * 1.0
    return n / 0 * n + n

def g47(x, n: int, f: float, l: List[int]):
    assert f / -3.5 > 1e-3, 'a'
    i1, f2 = n, f
    for i4, i3 in zip((l + [int(math.cos(f2) * 1.0)]), l[int(f2):]):
        f2 = f2
        n = i3
    if not (not f2 < f or n > i1):
        if not f2 <= f2:
            if not not i1 in l:
                i5, f6 = n, 2.25 / 0
                x += x
                f6 += f6
        else:
            x[i1] *= float(-i1) * n
        b7 = i1 < -1 <= i1 + i1 * i1
        i8 = i1
    elif n // i1 + x.size(0) != 1:
        l = l
        i9 = n
    else:
        if l[0] / n % i1 != f2:
            return x
    return F.relu(x)

def g48(x, n: int, f: float, l: List[int]):
    l.append(min(n, F.relu(x).size(0)))
    if not not n >= n:
        t1 = x
        for i2 in range(n, (n if n < n else 2) % n, 2):
            f3 = 1e-3
            i4, f5 = n, 1.5 * f3
            if 0.0 == f5:
                return F.relu(t1)
        i6, f7 = n, f
    elif -1 + n < n <= (n if n >= n else n) * n:
        if n in l:
            if not 0 < n <= 1:
                if not math.exp(f) * 1.0 == f:
                    return torch.cat([x, x], dim=n)
                i8, f9 = n, 1.5
            else:
                if 3 < n <= 0:
                    return min(n * n, n) * x
        else:
            n *= n
        t10 = x / f
    else:
        x += x
    n = n
    if n == n:
        return x
    t11 = F.relu(x)
    l.append(int(float(1)))
    return x

def g50(x, n: int, f: float, l: List[int]):
    i1, f2 = -1, math.exp(f) * 1.0
    assert i1 == n
    b3 = int(math.exp(f2) * 1.0) < n <= n
    i1 = i1

def g51(x, n: int, f: float, l: List[int]):
    for i2, i1 in enumerate(l):
        if -1 != l[0]:
            i3 = n
            if f <= f:
                if i2 >= n:
                    break
            elif 5 in l:
                t4 = x
                if i2 < x.size(1) * i1 * i2 <= len(l):
                    continue
                t4[i2] *= (-i1 if i1 / n <= f else i2)
        elif n < i1 <= n:
            i5, f6 = 0, f
        else:
            i7, f8 = i1, f
            i9, f10 = n, f
        x *= torch.zeros(5 * i2, 0)
        for i12, i11 in enumerate((l + [i2])):
            if i2 != i1:
                if -i12 in l:
                    break
            elif not min(i12, n) < i12 <= i2:
                if True:
                    break
    f -= 1e-3 - x - n.size(0)
    for i14, i13 in enumerate((l + [n])):
        x *= x - n + i13 - i13
    x -= x.t()
    return x.view(-1, n + len(l))

def g52(x, n: int, f: float, l: List[int]):
    i1, f2 = n + min(n + n, 3), f
    if n + n % len(l) == (n if n < i1 <= i1 else i1):
        return x
    i3, f4 = i1, -3.5 + i1 + n
    if i1 < n <= i3:
        return x
    return x

def g55(x, n: int, f: float, l: List[int]):
    x[n + n] += f
    i1, f2 = min(5 // n, (n if f > f else n)), f
    return f

def g60(x, n: int, f: float, l: List[int]):
    i1, f2 = int(f), f - f
    while 3 == n:
        for i4, i3 in enumerate(l):
            assert n // i1 // i4 != i4 + n // 0
        f = 2.25 - 1
        print(i1, 'a')
    i1 = 7
    if n / i1 == math.floor(f) * 1.0:
        return float(7 * n // i1)
    x += x.contiguous()
    return f

def g61(x, n: int, f: float, l: List[int]):
    l = l
    if f < f:
        for i1 in range(n):
            if not 0 in l:
                i1 = 0
                l = l
            else:
                if min(i1, 2) < 1 <= n:
                    return l[1 % n:]
                if i1 != i1:
                    continue
                f = f
            if n >= l[0]:
                if n != int(f * i1):
                    return l
                l2 = (l + [n])
                if 1 in [i1, i1]:
                    continue
            else:
                b3 = not f < f
                if i1 > 0:
                    continue
    else:
        b4 = n in l[n + n:]
    i5, f6 = n - n, math.cos(2.25) * 1.0 - n
    if i5 < len(l) <= 7 + i5:
        raise RuntimeError('a')
    if (n >= i5 or n * n != n + n):
        if not i5 >= i5:
            return l[i5 + n // i5:]
    return [q * i5 for q in range(n)]

def g64(x, n: int, f: float, l: List[int]):
    if n != n:
        while 5 <= n:
            i1, f2 = len([n, (n if f < f else n)]), 2.25
            for i3 in l:
                if i3 != min(i1, x.size(0)):
                    continue
                if f != f2:
                    continue
            print((n if i1 < n <= int(f2) else n), 'a')
    l = l
    i4, f5 = 0, 1e-3
    x *= x.contiguous()
    return x

def g65(x, n: int, f: float, l: List[int]):
    for i1 in l:
        f2 = 2.25
        i3, f4 = (n - i1 if (i1 != i1 and f2 != f) else min(i1, i1) + n), f2 / n
        for i5 in range(i1 % n, i1, 2):
            n = 3
            if i3 >= n:
                if i3 < i5 <= i5:
                    return x
                if False:
                    break
                if f < f - f2:
                    continue
            else:
                i6, f7 = i1, n / i1
                i8, f9 = len(l), float(i6)
            for i10 in l:
                l = [q * i10 for q in range(len(l) - i1)]
                f2 = 1e-3
    if x.size(1) > n:
        while f + n % n <= 1.5:
            for i11 in range(2, n):
                if min(i11, i11 + n) >= x.size(-1):
                    break
            x = x.contiguous()
        if n in l:
            return x
        for i12 in l:
            if int(n / n) < n - n <= -1:
                if min(-i12, i12) in l[int(f):]:
                    break
            i13, f14 = i12, i12 / min(i12, len(l))
    i15 = 2
    i15 *= n
    return x

def g67(x, n: int, f: float, l: List[int]):
    l1 = [q * n for q in range(n)]
    if 1.5 == float(x.size(1)):
        return torch.zeros(n - n % n, 7)
    return x + float(n)

def g68(x, n: int, f: float, l: List[int]):
    for i2, i1 in enumerate(l):
        i3, f4 = i1, i1 / n / math.floor(0.0) * 1.0
        if float(i2) >= f:
            if i3 >= len(l):
                break
            i3 = int(f4)
        else:
            x = x[:, i3:]
            t5 = x - torch.zeros(i3 + i2, 3)
        f6 = n / (n if f4 <= f4 else i3)
    i7, f8 = l[n * n:][0], f
    for i9 in l:
        if math.cos(f8) * 1.0 == f8:
            i9 += min(i7, i7)
            i10, f11 = (i9 if f > f8 else i7), f
        else:
            l12 = l
        if n + n // i9 in [q * i7 for q in range(n)]:
            if 2.25 > f:
                return i7 / n
        else:
            x[i7] = F.relu(x)
            x += x + n
        if int(f8 + i9) == n:
            raise RuntimeError(f'{i7 - i9}b')
    f -= f
    return f

def g70(x, n: int, f: float, l: List[int]):
    i1, f2 = n, x.size(-1) / 7
    if (1.5 < f2 and (n if i1 < i1 else i1) >= int(f2)):
        if i1 + n // i1 * i1 in l:
            if (f2 <= f and f / n < f * n):
                raise RuntimeError('x{}'.format(7))
            for i4, i3 in enumerate(l[i1:]):
                i5, f6 = i1, f
            if f2 > 0.0:
                b7 = i1 // i1 - n % i1 in l[5:]
                i8, f9 = n, i1 / i1
                if f2 - i1 / 0.0 == f2:
                    return f * x
            else:
                if ((n if n < i1 else i1) < 3 <= n and i1 in l):
                    return x - f - i1
    while True:
        i10, f11 = n, f
    for i12 in l:
        i13, f14 = i12 % (n + i12 if (n <= i1 or n != i1) else i1), 1e-3
    if i1 in (l + [min(i1, i1)]):
        for i15 in range(x.size(1), n, 2):
            i16, f17 = i1, 1.5
            for i18 in range(int(f17)):
                i19, f20 = i18 - -i16 // 0, f2
        i21, f22 = n, math.sqrt(f2) * 1.0
    return x

def g71(x, n: int, f: float, l: List[int]):
    if 2.25 < f:
        return n / n
    print(-1, f'{-n}b')
    if -n < n:
        if -n < 0 <= n // min(n, n):
            return 1e-3
        x = x
    else:
        l = [n, len(l[n:])]
    assert False
    if l[0] in l:
        i1, f2 = (len(l) if n == n else n), 1e-3
        for i4, i3 in enumerate([i1, i1]):
            l = [0 % i1, i4]
    else:
        while n == int(-3.5):
            t5 = x
            i6, f7 = len(l), float(int(f * n))
    return 2.25

def g72(x, n: int, f: float, l: List[int]):
    l1 = [min(-n, 5), n]
    i2, f3 = n - n - n // min(n, n), 1e-3
    return 5

def g75(x, n: int, f: float, l: List[int]):
    n -= l[0]
    if n <= n // n:
        n = 7
    t1 = x
    return n

def g77(x, n: int, f: float, l: List[int]):
    n = 5
    l.append(n)
    if n != n:
        return f
    t1 = F.relu(x)
    l.append(n)
    return f

def g80(x, n: int, f: float, l: List[int]):
    i1, f2 = min(n, n), -3.5
    print(n, 'a')
    i1 += (i1 if False else i1)
    b3 = n < 0 <= 0
    i4 = i1
    return l

def g83(x, n: int, f: float, l: List[int]):
    if True:
        print(n, f'{5}b')
    if -n + n != 2 - n - n:
        return x.sum()
    x = x
    if (True or (n <= n or (n <= n or f >= f))):
        return x[n]
    return x

def g84(x, n: int, f: float, l: List[int]):
    i1, f2 = n, f
    i3, f4 = i1, math.floor(n / l[0]) * 1.0
    for i5 in range(min(i3, n)):
        i6 = 0
        x *= torch.cat([x, F.relu(x)], dim=i5)
        x[5] = x
    return 0.0

def g85(x, n: int, f: float, l: List[int]):
    l.append(-1)
    x -= F.relu(x)
    t1 = x / x
    l.append(n)
    t1[n + n + t1.size(1) // n % n] = t1
    return n

def g86(x, n: int, f: float, l: List[int]):
    n -= min(-n, n)
    while not n != n:
        assert n > len(l)
    return x

def g87(x, n: int, f: float, l: List[int]):
    f1 = f / n - n
    while f < f:
        if n + n + x.size(-1) in (l + [n % n]):
            i2, f3 = min(n - 5, n + 5), f * n + n
            i4, f5 = l[0], f + i2
            x = x
    for i6 in range(n):
        f7 = f
        if i6 + int(f1) <= n:
            i6 -= len(l)
        else:
            if (f1 * n > float(i6) and n - i6 >= n):
                b8 = i6 < min(i6, i6) <= i6
                if i6 * 1 < i6:
                    return x.view(-1, 2)
            else:
                if not 2.25 <= math.exp(f7) * 1.0:
                    continue
                if i6 < (2 if i6 <= n else 7) <= n:
                    raise ValueError(f'{(i6 if i6 == n else n)}b')
                if x.size(1) < n <= n:
                    continue
            while n in [q * i6 for q in range(i6)]:
                assert f7 > n - i6 / n, 'x{}'.format(i6)
            i9, f10 = n, f1 - i6
    if not f <= f:
        return x[:, int(f1):]
    n *= min(int(f1 - n), n)
    return x

def g88(x, n: int, f: float, l: List[int]):
    i1 = 5
    f -= 1.5
    t2 = F.relu(x)
    return x / n

def g89(x, n: int, f: float, l: List[int]):
    l.append(3)
    if n == -1:
        return l
    f *= f
    i1 = n
    return l

def g90(x, n: int, f: float, l: List[int]):
    i1, f2 = n, -3.5
    if i1 * min(n, i1) == i1:
        return l
    return l

def g91(x, n: int, f: float, l: List[int]):
    for i2, i1 in enumerate(l):
        if not not i2 <= i2:
            break
        i3, f4 = min(min(n % i2, 1), 2), float(i2 + i2 - i2)
    f5 = 1.5
    i6, f7 = 0, f
    if f5 != math.floor(f) * 1.0:
        return math.exp(f7 / f5) * 1.0
    l.append(n * i6)
    return -3.5

def g92(x, n: int, f: float, l: List[int]):
    if not (n != n or (n > n or f < f)):
        n += -1
    for i1 in [q * n for q in range(-n)]:
        if l[0] > -i1:
            for i2 in range(i1, 2, 2):
                if n - i2 in l[i2:]:
                    break
            f3 = f
            i4, f5 = 0, f
        else:
            i1 = 3
        if not i1 // n != -i1:
            return f
    if not min(n, n) == n:
        if math.sqrt(f + n) * 1.0 > f:
            return f
        i6, f7 = n, f
    elif torch.abs(x).size(1) != n - n * n + n:
        if not n < n:
            b8 = x.view(-1, n).size(-1) < min(n, n) * n
            f += f
        elif n < x.size(0) <= n:
            i9 = [n, 7][0]
            for i11, i10 in enumerate(l):
                if 0.0 < f:
                    break
                if (((n != i11 and n != n) and n == i11) or not i9 != i9):
                    continue
        l12 = l
    else:
        x += x - n
    x = x - f

def g96(x, n: int, f: float, l: List[int]):
    f += f
    i1 = min(n, n)
    if n in l:
        while math.floor(f) * 1.0 + f == f:
            if (0 >= len(l) or n <= (i1 if n != n else i1)):
                continue
        i2 = 7
        for i3 in l:
            if min(n, i1) <= 1:
                t4 = x
                f += f
                if 0.0 > math.exp(0.0) * 1.0:
                    break
            for i6, i5 in enumerate(l):
                if 5 + 3 > torch.zeros(i6, i1).size(-1):
                    continue
                l.append(int(f))
    for i8, i7 in enumerate((l + [i1])):
        i9, f10 = (i1 if i8 > i1 else n) % int(f) - -1, f
        if (f10 + i7 <= f10 or 3 < i9 - n):
            t11 = x
            if 1e-3 <= 1.5:
                raise RuntimeError('a')
        else:
            i12, f13 = i9, math.cos(0.0) * 1.0
        i14, f15 = int(f10) % int(f10 - f), f10
    return x[:, i1:]

def g97(x, n: int, f: float, l: List[int]):
    l1 = l
    if 1.5 > f:
        l1 = (l + [3])
        l = [min(n, 5), n // 0]
    elif True:
        b2 = n <= n
        if n % n > n:
            return l
    else:
        f = n * n / -n * n % -1
    b3 = n != n

def g98(x, n: int, f: float, l: List[int]):
    l1 = [n % 5, n]
    if (int(f) < n <= n or not n != n):
        if n < n * n * (n if n == n else n) <= -1:
            if n // 1 <= n:
                f2 = f
        f3 = float(min(n, n) - 5)
    i4, f5 = n, f
    return f

def g100(x, n: int, f: float, l: List[int]):
    i1 = n
    if i1 + -n != int(f):
        return x
    print(n, f'{i1}b')
    for i2 in l[n:]:
        if i2 // n in l:
            if float(l[0]) < 1e-3:
                return x
            if int(f * f) in l:
                if n == -n:
                    continue
            elif i1 in l:
                l.append(min(i2, (l + [i1])[0]))
                if 1e-3 == f * f * f:
                    continue
                if 3 == (i2 if i1 == i2 else i1) - i2:
                    break
            for i3 in range(-n, n, 2):
                if (i3 < x.size(-1) or i1 <= i1):
                    continue
                t4 = torch.cat([x, x], dim=i3)
        x = F.relu(x)
    if n != -1:
        x = torch.cat([x, x + f], dim=n)
        for i5 in range(i1):
            x -= x / n
            b6 = len(l) in l[0:]
            while b6:
                f7 = 2.25
    else:
        x -= x.t()
        if i1 in l:
            raise Exception(f'{x.size(0)}b')
        f = f
    if -1 in l[0:]:
        return x / f
    return x.t()

def g102(x, n: int, f: float, l: List[int]):
    if n > n + -1:
        return torch.zeros(n, n)
    i1, f2 = n, f
    x += f * x
    if n % (n if n >= n else i1) < len(l) % i1:
        return x
    if len(l) <= (i1 if i1 < n <= i1 else 1):
        return x
    return torch.zeros(-1, -i1)

