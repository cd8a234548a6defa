"""Every operator on every kind of operand."""
from typing import List, Optional, Tuple, Union

from torch import Tensor


def add_int_int(a: int, b: int):
    return a + b


def add_int_float(a: int, b: float):
    return a + b


def add_float_int(a: float, b: int):
    return a + b


def add_float_float(a: float, b: float):
    return a + b


def add_bool_bool(a: bool, b: bool):
    return a + b


def add_bool_int(a: bool, b: int):
    return a + b


def add_int_complex(a: int, b: complex):
    return a + b


def add_complex_float(a: complex, b: float):
    return a + b


def add_str_str(a: str, b: str):
    return a + b


def add_str_int(a: str, b: int):
    return a + b


def add_tensor_tensor(a: Tensor, b: Tensor):
    return a + b


def add_tensor_int(a: Tensor, b: int):
    return a + b


def add_float_tensor(a: float, b: Tensor):
    return a + b


def add_number_int(a: Union[int, float, complex], b: int):
    return a + b


def add_number_number(a: Union[int, float, complex], b: Union[int, float, complex]):
    return a + b


def add_ints_ints(a: List[int], b: List[int]):
    return a + b


def add_ints_int(a: List[int], b: int):
    return a + b


def add_pair_pair(a: Tuple[int, float], b: Tuple[int, float]):
    return a + b


def add_maybe_int(a: Optional[int], b: int):
    return a + b


def sub_int_int(a: int, b: int):
    return a - b


def sub_int_float(a: int, b: float):
    return a - b


def sub_float_int(a: float, b: int):
    return a - b


def sub_float_float(a: float, b: float):
    return a - b


def sub_bool_bool(a: bool, b: bool):
    return a - b


def sub_bool_int(a: bool, b: int):
    return a - b


def sub_int_complex(a: int, b: complex):
    return a - b


def sub_complex_float(a: complex, b: float):
    return a - b


def sub_str_str(a: str, b: str):
    return a - b


def sub_str_int(a: str, b: int):
    return a - b


def sub_tensor_tensor(a: Tensor, b: Tensor):
    return a - b


def sub_tensor_int(a: Tensor, b: int):
    return a - b


def sub_float_tensor(a: float, b: Tensor):
    return a - b


def sub_ints_ints(a: List[int], b: List[int]):
    return a - b


def sub_ints_int(a: List[int], b: int):
    return a - b


def mul_int_int(a: int, b: int):
    return a * b


def mul_int_float(a: int, b: float):
    return a * b


def mul_float_int(a: float, b: int):
    return a * b


def mul_float_float(a: float, b: float):
    return a * b


def mul_bool_bool(a: bool, b: bool):
    return a * b


def mul_bool_int(a: bool, b: int):
    return a * b


def mul_int_complex(a: int, b: complex):
    return a * b


def mul_complex_float(a: complex, b: float):
    return a * b


def mul_str_str(a: str, b: str):
    return a * b


def mul_str_int(a: str, b: int):
    return a * b


def mul_tensor_tensor(a: Tensor, b: Tensor):
    return a * b


def mul_tensor_int(a: Tensor, b: int):
    return a * b


def mul_float_tensor(a: float, b: Tensor):
    return a * b


def mul_number_int(a: Union[int, float, complex], b: int):
    return a * b


def mul_number_number(a: Union[int, float, complex], b: Union[int, float, complex]):
    return a * b


def mul_ints_ints(a: List[int], b: List[int]):
    return a * b


def mul_ints_int(a: List[int], b: int):
    return a * b


def mul_pair_pair(a: Tuple[int, float], b: Tuple[int, float]):
    return a * b


def mul_maybe_int(a: Optional[int], b: int):
    return a * b


def truediv_int_int(a: int, b: int):
    return a / b


def truediv_int_float(a: int, b: float):
    return a / b


def truediv_float_int(a: float, b: int):
    return a / b


def truediv_float_float(a: float, b: float):
    return a / b


def truediv_bool_bool(a: bool, b: bool):
    return a / b


def truediv_bool_int(a: bool, b: int):
    return a / b


def truediv_int_complex(a: int, b: complex):
    return a / b


def truediv_complex_float(a: complex, b: float):
    return a / b


def truediv_str_str(a: str, b: str):
    return a / b


def truediv_str_int(a: str, b: int):
    return a / b


def truediv_tensor_tensor(a: Tensor, b: Tensor):
    return a / b


def truediv_tensor_int(a: Tensor, b: int):
    return a / b


def truediv_float_tensor(a: float, b: Tensor):
    return a / b


def truediv_ints_ints(a: List[int], b: List[int]):
    return a / b


def truediv_ints_int(a: List[int], b: int):
    return a / b


def floordiv_int_int(a: int, b: int):
    return a // b


def floordiv_int_float(a: int, b: float):
    return a // b


def floordiv_float_int(a: float, b: int):
    return a // b


def floordiv_float_float(a: float, b: float):
    return a // b


def floordiv_bool_bool(a: bool, b: bool):
    return a // b


def floordiv_bool_int(a: bool, b: int):
    return a // b


def floordiv_int_complex(a: int, b: complex):
    return a // b


def floordiv_complex_float(a: complex, b: float):
    return a // b


def floordiv_str_str(a: str, b: str):
    return a // b


def floordiv_str_int(a: str, b: int):
    return a // b


def floordiv_tensor_tensor(a: Tensor, b: Tensor):
    return a // b


def floordiv_tensor_int(a: Tensor, b: int):
    return a // b


def floordiv_float_tensor(a: float, b: Tensor):
    return a // b


def floordiv_ints_ints(a: List[int], b: List[int]):
    return a // b


def floordiv_ints_int(a: List[int], b: int):
    return a // b


def mod_int_int(a: int, b: int):
    return a % b


def mod_int_float(a: int, b: float):
    return a % b


def mod_float_int(a: float, b: int):
    return a % b


def mod_float_float(a: float, b: float):
    return a % b


def mod_bool_bool(a: bool, b: bool):
    return a % b


def mod_bool_int(a: bool, b: int):
    return a % b


def mod_int_complex(a: int, b: complex):
    return a % b


def mod_complex_float(a: complex, b: float):
    return a % b


def mod_str_str(a: str, b: str):
    return a % b


def mod_str_int(a: str, b: int):
    return a % b


def mod_tensor_tensor(a: Tensor, b: Tensor):
    return a % b


def mod_tensor_int(a: Tensor, b: int):
    return a % b


def mod_float_tensor(a: float, b: Tensor):
    return a % b


def mod_ints_ints(a: List[int], b: List[int]):
    return a % b


def mod_ints_int(a: List[int], b: int):
    return a % b


def pow_int_int(a: int, b: int):
    return a ** b


def pow_int_float(a: int, b: float):
    return a ** b


def pow_float_int(a: float, b: int):
    return a ** b


def pow_float_float(a: float, b: float):
    return a ** b


def pow_bool_bool(a: bool, b: bool):
    return a ** b


def pow_bool_int(a: bool, b: int):
    return a ** b


def pow_int_complex(a: int, b: complex):
    return a ** b


def pow_complex_float(a: complex, b: float):
    return a ** b


def pow_str_str(a: str, b: str):
    return a ** b


def pow_str_int(a: str, b: int):
    return a ** b


def pow_tensor_tensor(a: Tensor, b: Tensor):
    return a ** b


def pow_tensor_int(a: Tensor, b: int):
    return a ** b


def pow_float_tensor(a: float, b: Tensor):
    return a ** b


def pow_ints_ints(a: List[int], b: List[int]):
    return a ** b


def pow_ints_int(a: List[int], b: int):
    return a ** b


def matmul_int_int(a: int, b: int):
    return a @ b


def matmul_int_float(a: int, b: float):
    return a @ b


def matmul_int_complex(a: int, b: complex):
    return a @ b


def matmul_tensor_tensor(a: Tensor, b: Tensor):
    return a @ b


def matmul_tensor_int(a: Tensor, b: int):
    return a @ b


def and_int_int(a: int, b: int):
    return a & b


def and_int_float(a: int, b: float):
    return a & b


def and_float_int(a: float, b: int):
    return a & b


def and_float_float(a: float, b: float):
    return a & b


def and_bool_bool(a: bool, b: bool):
    return a & b


def and_bool_int(a: bool, b: int):
    return a & b


def and_int_complex(a: int, b: complex):
    return a & b


def and_complex_float(a: complex, b: float):
    return a & b


def and_str_str(a: str, b: str):
    return a & b


def and_str_int(a: str, b: int):
    return a & b


def and_tensor_tensor(a: Tensor, b: Tensor):
    return a & b


def and_tensor_int(a: Tensor, b: int):
    return a & b


def and_float_tensor(a: float, b: Tensor):
    return a & b


def and_ints_ints(a: List[int], b: List[int]):
    return a & b


def and_ints_int(a: List[int], b: int):
    return a & b


def or_int_int(a: int, b: int):
    return a | b


def or_float_float(a: float, b: float):
    return a | b


def or_bool_bool(a: bool, b: bool):
    return a | b


def or_tensor_tensor(a: Tensor, b: Tensor):
    return a | b


def xor_int_int(a: int, b: int):
    return a ^ b


def xor_float_float(a: float, b: float):
    return a ^ b


def xor_bool_bool(a: bool, b: bool):
    return a ^ b


def xor_tensor_tensor(a: Tensor, b: Tensor):
    return a ^ b


def lshift_int_int(a: int, b: int):
    return a << b


def lshift_int_float(a: int, b: float):
    return a << b


def lshift_float_int(a: float, b: int):
    return a << b


def lshift_float_float(a: float, b: float):
    return a << b


def lshift_bool_bool(a: bool, b: bool):
    return a << b


def lshift_bool_int(a: bool, b: int):
    return a << b


def lshift_int_complex(a: int, b: complex):
    return a << b


def lshift_complex_float(a: complex, b: float):
    return a << b


def lshift_str_str(a: str, b: str):
    return a << b


def lshift_str_int(a: str, b: int):
    return a << b


def lshift_tensor_tensor(a: Tensor, b: Tensor):
    return a << b


def lshift_tensor_int(a: Tensor, b: int):
    return a << b


def lshift_float_tensor(a: float, b: Tensor):
    return a << b


def lshift_ints_ints(a: List[int], b: List[int]):
    return a << b


def lshift_ints_int(a: List[int], b: int):
    return a << b


def rshift_int_int(a: int, b: int):
    return a >> b


def rshift_float_float(a: float, b: float):
    return a >> b


def rshift_bool_bool(a: bool, b: bool):
    return a >> b


def rshift_tensor_tensor(a: Tensor, b: Tensor):
    return a >> b


def lt_int_int(a: int, b: int):
    return a < b


def lt_int_float(a: int, b: float):
    return a < b


def lt_float_int(a: float, b: int):
    return a < b


def lt_float_float(a: float, b: float):
    return a < b


def lt_bool_bool(a: bool, b: bool):
    return a < b


def lt_bool_int(a: bool, b: int):
    return a < b


def lt_int_complex(a: int, b: complex):
    return a < b


def lt_complex_float(a: complex, b: float):
    return a < b


def lt_str_str(a: str, b: str):
    return a < b


def lt_str_int(a: str, b: int):
    return a < b


def lt_tensor_tensor(a: Tensor, b: Tensor):
    return a < b


def lt_tensor_int(a: Tensor, b: int):
    return a < b


def lt_float_tensor(a: float, b: Tensor):
    return a < b


def lt_number_int(a: Union[int, float, complex], b: int):
    return a < b


def lt_number_number(a: Union[int, float, complex], b: Union[int, float, complex]):
    return a < b


def lt_ints_ints(a: List[int], b: List[int]):
    return a < b


def lt_ints_int(a: List[int], b: int):
    return a < b


def lt_pair_pair(a: Tuple[int, float], b: Tuple[int, float]):
    return a < b


def lt_maybe_int(a: Optional[int], b: int):
    return a < b


def ge_int_int(a: int, b: int):
    return a >= b


def ge_float_float(a: float, b: float):
    return a >= b


def ge_bool_bool(a: bool, b: bool):
    return a >= b


def ge_tensor_tensor(a: Tensor, b: Tensor):
    return a >= b


def eq_int_int(a: int, b: int):
    return a == b


def eq_int_float(a: int, b: float):
    return a == b


def eq_float_int(a: float, b: int):
    return a == b


def eq_float_float(a: float, b: float):
    return a == b


def eq_bool_bool(a: bool, b: bool):
    return a == b


def eq_bool_int(a: bool, b: int):
    return a == b


def eq_int_complex(a: int, b: complex):
    return a == b


def eq_complex_float(a: complex, b: float):
    return a == b


def eq_str_str(a: str, b: str):
    return a == b


def eq_str_int(a: str, b: int):
    return a == b


def eq_tensor_tensor(a: Tensor, b: Tensor):
    return a == b


def eq_tensor_int(a: Tensor, b: int):
    return a == b


def eq_float_tensor(a: float, b: Tensor):
    return a == b


def eq_number_int(a: Union[int, float, complex], b: int):
    return a == b


def eq_number_number(a: Union[int, float, complex], b: Union[int, float, complex]):
    return a == b


def eq_ints_ints(a: List[int], b: List[int]):
    return a == b


def eq_ints_int(a: List[int], b: int):
    return a == b


def eq_pair_pair(a: Tuple[int, float], b: Tuple[int, float]):
    return a == b


def eq_maybe_int(a: Optional[int], b: int):
    return a == b


def ne_int_int(a: int, b: int):
    return a != b


def ne_int_float(a: int, b: float):
    return a != b


def ne_float_int(a: float, b: int):
    return a != b


def ne_float_float(a: float, b: float):
    return a != b


def ne_bool_bool(a: bool, b: bool):
    return a != b


def ne_bool_int(a: bool, b: int):
    return a != b


def ne_int_complex(a: int, b: complex):
    return a != b


def ne_complex_float(a: complex, b: float):
    return a != b


def ne_str_str(a: str, b: str):
    return a != b


def ne_str_int(a: str, b: int):
    return a != b


def ne_tensor_tensor(a: Tensor, b: Tensor):
    return a != b


def ne_tensor_int(a: Tensor, b: int):
    return a != b


def ne_float_tensor(a: float, b: Tensor):
    return a != b


def ne_ints_ints(a: List[int], b: List[int]):
    return a != b


def ne_ints_int(a: List[int], b: int):
    return a != b


def is_int_int(a: int, b: int):
    return a is b


def is_int_float(a: int, b: float):
    return a is b


def is_float_int(a: float, b: int):
    return a is b


def is_float_float(a: float, b: float):
    return a is b


def is_bool_bool(a: bool, b: bool):
    return a is b


def is_bool_int(a: bool, b: int):
    return a is b


def is_int_complex(a: int, b: complex):
    return a is b


def is_complex_float(a: complex, b: float):
    return a is b


def is_str_str(a: str, b: str):
    return a is b


def is_str_int(a: str, b: int):
    return a is b


def is_tensor_tensor(a: Tensor, b: Tensor):
    return a is b


def is_tensor_int(a: Tensor, b: int):
    return a is b


def is_float_tensor(a: float, b: Tensor):
    return a is b


def is_number_int(a: Union[int, float, complex], b: int):
    return a is b


def is_number_number(a: Union[int, float, complex], b: Union[int, float, complex]):
    return a is b


def is_ints_ints(a: List[int], b: List[int]):
    return a is b


def is_ints_int(a: List[int], b: int):
    return a is b


def is_pair_pair(a: Tuple[int, float], b: Tuple[int, float]):
    return a is b


def is_maybe_int(a: Optional[int], b: int):
    return a is b


def isnot_int_int(a: int, b: int):
    return a is not b


def isnot_float_float(a: float, b: float):
    return a is not b


def isnot_bool_bool(a: bool, b: bool):
    return a is not b


def isnot_tensor_tensor(a: Tensor, b: Tensor):
    return a is not b


def in_int_int(a: int, b: int):
    return a in b


def in_int_float(a: int, b: float):
    return a in b


def in_float_int(a: float, b: int):
    return a in b


def in_float_float(a: float, b: float):
    return a in b


def in_bool_bool(a: bool, b: bool):
    return a in b


def in_bool_int(a: bool, b: int):
    return a in b


def in_int_complex(a: int, b: complex):
    return a in b


def in_complex_float(a: complex, b: float):
    return a in b


def in_str_str(a: str, b: str):
    return a in b


def in_str_int(a: str, b: int):
    return a in b


def in_tensor_tensor(a: Tensor, b: Tensor):
    return a in b


def in_tensor_int(a: Tensor, b: int):
    return a in b


def in_float_tensor(a: float, b: Tensor):
    return a in b


def in_number_int(a: Union[int, float, complex], b: int):
    return a in b


def in_number_number(a: Union[int, float, complex], b: Union[int, float, complex]):
    return a in b


def in_ints_ints(a: List[int], b: List[int]):
    return a in b


def in_ints_int(a: List[int], b: int):
    return a in b


def in_pair_pair(a: Tuple[int, float], b: Tuple[int, float]):
    return a in b


def in_maybe_int(a: Optional[int], b: int):
    return a in b


def land_int_int(a: int, b: int):
    return a and b


def land_int_float(a: int, b: float):
    return a and b


def land_float_int(a: float, b: int):
    return a and b


def land_float_float(a: float, b: float):
    return a and b


def land_bool_bool(a: bool, b: bool):
    return a and b


def land_bool_int(a: bool, b: int):
    return a and b


def land_int_complex(a: int, b: complex):
    return a and b


def land_complex_float(a: complex, b: float):
    return a and b


def land_str_str(a: str, b: str):
    return a and b


def land_str_int(a: str, b: int):
    return a and b


def land_tensor_tensor(a: Tensor, b: Tensor):
    return a and b


def land_tensor_int(a: Tensor, b: int):
    return a and b


def land_float_tensor(a: float, b: Tensor):
    return a and b


def land_number_int(a: Union[int, float, complex], b: int):
    return a and b


def land_number_number(a: Union[int, float, complex], b: Union[int, float, complex]):
    return a and b


def land_ints_ints(a: List[int], b: List[int]):
    return a and b


def land_ints_int(a: List[int], b: int):
    return a and b


def land_pair_pair(a: Tuple[int, float], b: Tuple[int, float]):
    return a and b


def land_maybe_int(a: Optional[int], b: int):
    return a and b


def lor_int_int(a: int, b: int):
    return a or b


def lor_float_float(a: float, b: float):
    return a or b


def lor_bool_bool(a: bool, b: bool):
    return a or b


def lor_tensor_tensor(a: Tensor, b: Tensor):
    return a or b


def neg_int(a: int):
    return -a


def neg_float(a: float):
    return -a


def neg_bool(a: bool):
    return -a


def neg_complex(a: complex):
    return -a


def neg_str(a: str):
    return -a


def neg_tensor(a: Tensor):
    return -a


def neg_number(a: Union[int, float, complex]):
    return -a


def neg_ints(a: List[int]):
    return -a


def neg_pair(a: Tuple[int, float]):
    return -a


def neg_maybe(a: Optional[int]):
    return -a


def invert_int(a: int):
    return ~a


def invert_float(a: float):
    return ~a


def invert_bool(a: bool):
    return ~a


def invert_complex(a: complex):
    return ~a


def invert_str(a: str):
    return ~a


def invert_tensor(a: Tensor):
    return ~a


def invert_number(a: Union[int, float, complex]):
    return ~a


def invert_ints(a: List[int]):
    return ~a


def invert_pair(a: Tuple[int, float]):
    return ~a


def invert_maybe(a: Optional[int]):
    return ~a


def not_int(a: int):
    return not a


def not_float(a: float):
    return not a


def not_bool(a: bool):
    return not a


def not_complex(a: complex):
    return not a


def not_str(a: str):
    return not a


def not_tensor(a: Tensor):
    return not a


def not_number(a: Union[int, float, complex]):
    return not a


def not_ints(a: List[int]):
    return not a


def not_pair(a: Tuple[int, float]):
    return not a


def not_maybe(a: Optional[int]):
    return not a


def iadd_int_int(a: int, b: int):
    a += b
    return a


def iadd_int_float(a: int, b: float):
    a += b
    return a


def iadd_float_float(a: float, b: float):
    a += b
    return a


def iadd_tensor_float(a: Tensor, b: float):
    a += b
    return a


def iadd_tensor_tensor(a: Tensor, b: Tensor):
    a += b
    return a


def iadd_ints_ints(a: List[int], b: List[int]):
    a += b
    return a


def iadd_str_str(a: str, b: str):
    a += b
    return a


def isub_int_int(a: int, b: int):
    a -= b
    return a


def isub_int_float(a: int, b: float):
    a -= b
    return a


def isub_float_float(a: float, b: float):
    a -= b
    return a


def isub_tensor_float(a: Tensor, b: float):
    a -= b
    return a


def isub_tensor_tensor(a: Tensor, b: Tensor):
    a -= b
    return a


def isub_ints_ints(a: List[int], b: List[int]):
    a -= b
    return a


def isub_str_str(a: str, b: str):
    a -= b
    return a


def imul_int_int(a: int, b: int):
    a *= b
    return a


def imul_int_float(a: int, b: float):
    a *= b
    return a


def imul_float_float(a: float, b: float):
    a *= b
    return a


def imul_tensor_float(a: Tensor, b: float):
    a *= b
    return a


def imul_tensor_tensor(a: Tensor, b: Tensor):
    a *= b
    return a


def imul_ints_ints(a: List[int], b: List[int]):
    a *= b
    return a


def imul_str_str(a: str, b: str):
    a *= b
    return a


def itruediv_int_int(a: int, b: int):
    a /= b
    return a


def itruediv_int_float(a: int, b: float):
    a /= b
    return a


def itruediv_float_float(a: float, b: float):
    a /= b
    return a


def itruediv_tensor_float(a: Tensor, b: float):
    a /= b
    return a


def itruediv_tensor_tensor(a: Tensor, b: Tensor):
    a /= b
    return a


def itruediv_ints_ints(a: List[int], b: List[int]):
    a /= b
    return a


def itruediv_str_str(a: str, b: str):
    a /= b
    return a


def ifloordiv_int_int(a: int, b: int):
    a //= b
    return a


def ifloordiv_int_float(a: int, b: float):
    a //= b
    return a


def ifloordiv_float_float(a: float, b: float):
    a //= b
    return a


def ifloordiv_tensor_float(a: Tensor, b: float):
    a //= b
    return a


def ifloordiv_tensor_tensor(a: Tensor, b: Tensor):
    a //= b
    return a


def ifloordiv_ints_ints(a: List[int], b: List[int]):
    a //= b
    return a


def ifloordiv_str_str(a: str, b: str):
    a //= b
    return a


def imod_int_int(a: int, b: int):
    a %= b
    return a


def imod_int_float(a: int, b: float):
    a %= b
    return a


def imod_float_float(a: float, b: float):
    a %= b
    return a


def imod_tensor_float(a: Tensor, b: float):
    a %= b
    return a


def imod_tensor_tensor(a: Tensor, b: Tensor):
    a %= b
    return a


def imod_ints_ints(a: List[int], b: List[int]):
    a %= b
    return a


def imod_str_str(a: str, b: str):
    a %= b
    return a


def ipow_int_int(a: int, b: int):
    a **= b
    return a


def ipow_int_float(a: int, b: float):
    a **= b
    return a


def ipow_float_float(a: float, b: float):
    a **= b
    return a


def ipow_tensor_float(a: Tensor, b: float):
    a **= b
    return a


def ipow_tensor_tensor(a: Tensor, b: Tensor):
    a **= b
    return a


def ipow_ints_ints(a: List[int], b: List[int]):
    a **= b
    return a


def ipow_str_str(a: str, b: str):
    a **= b
    return a


def imatmul_int_int(a: int, b: int):
    a @= b
    return a


def imatmul_int_float(a: int, b: float):
    a @= b
    return a


def imatmul_float_float(a: float, b: float):
    a @= b
    return a


def imatmul_tensor_float(a: Tensor, b: float):
    a @= b
    return a


def imatmul_tensor_tensor(a: Tensor, b: Tensor):
    a @= b
    return a


def imatmul_ints_ints(a: List[int], b: List[int]):
    a @= b
    return a


def imatmul_str_str(a: str, b: str):
    a @= b
    return a


def iand_int_int(a: int, b: int):
    a &= b
    return a


def iand_int_float(a: int, b: float):
    a &= b
    return a


def iand_float_float(a: float, b: float):
    a &= b
    return a


def iand_tensor_float(a: Tensor, b: float):
    a &= b
    return a


def iand_tensor_tensor(a: Tensor, b: Tensor):
    a &= b
    return a


def iand_ints_ints(a: List[int], b: List[int]):
    a &= b
    return a


def iand_str_str(a: str, b: str):
    a &= b
    return a


def ior_int_int(a: int, b: int):
    a |= b
    return a


def ior_int_float(a: int, b: float):
    a |= b
    return a


def ior_float_float(a: float, b: float):
    a |= b
    return a


def ior_tensor_float(a: Tensor, b: float):
    a |= b
    return a


def ior_tensor_tensor(a: Tensor, b: Tensor):
    a |= b
    return a


def ior_ints_ints(a: List[int], b: List[int]):
    a |= b
    return a


def ior_str_str(a: str, b: str):
    a |= b
    return a


def ixor_int_int(a: int, b: int):
    a ^= b
    return a


def ixor_int_float(a: int, b: float):
    a ^= b
    return a


def ixor_float_float(a: float, b: float):
    a ^= b
    return a


def ixor_tensor_float(a: Tensor, b: float):
    a ^= b
    return a


def ixor_tensor_tensor(a: Tensor, b: Tensor):
    a ^= b
    return a


def ixor_ints_ints(a: List[int], b: List[int]):
    a ^= b
    return a


def ixor_str_str(a: str, b: str):
    a ^= b
    return a


def ilshift_int_int(a: int, b: int):
    a <<= b
    return a


def ilshift_int_float(a: int, b: float):
    a <<= b
    return a


def ilshift_float_float(a: float, b: float):
    a <<= b
    return a


def ilshift_tensor_float(a: Tensor, b: float):
    a <<= b
    return a


def ilshift_tensor_tensor(a: Tensor, b: Tensor):
    a <<= b
    return a


def ilshift_ints_ints(a: List[int], b: List[int]):
    a <<= b
    return a


def ilshift_str_str(a: str, b: str):
    a <<= b
    return a


def irshift_int_int(a: int, b: int):
    a >>= b
    return a


def irshift_int_float(a: int, b: float):
    a >>= b
    return a


def irshift_float_float(a: float, b: float):
    a >>= b
    return a


def irshift_tensor_float(a: Tensor, b: float):
    a >>= b
    return a


def irshift_tensor_tensor(a: Tensor, b: Tensor):
    a >>= b
    return a


def irshift_ints_ints(a: List[int], b: List[int]):
    a >>= b
    return a


def irshift_str_str(a: str, b: str):
    a >>= b
    return a
