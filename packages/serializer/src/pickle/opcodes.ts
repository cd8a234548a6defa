/** Pickle's opcodes, protocols 0 to 5 (CPython `Lib/pickletools.py`). */
export const op = {
  mark: 0x28, // (
  stop: 0x2e, // .
  pop: 0x30, // 0
  popMark: 0x31, // 1
  dup: 0x32, // 2
  float: 0x46, // F
  binFloat: 0x47, // G
  int: 0x49, // I
  binInt: 0x4a, // J
  binInt1: 0x4b, // K
  long: 0x4c, // L
  binInt2: 0x4d, // M
  none: 0x4e, // N
  persistentId: 0x50, // P
  binPersistentId: 0x51, // Q
  reduce: 0x52, // R
  string: 0x53, // S
  binString: 0x54, // T
  shortBinString: 0x55, // U
  unicode: 0x56, // V
  binUnicode: 0x58, // X
  append: 0x61, // a
  build: 0x62, // b
  global: 0x63, // c
  dict: 0x64, // d
  emptyDict: 0x7d, // }
  appends: 0x65, // e
  get: 0x67, // g
  binGet: 0x68, // h
  inst: 0x69, // i
  longBinGet: 0x6a, // j
  list: 0x6c, // l
  emptyList: 0x5d, // ]
  obj: 0x6f, // o
  put: 0x70, // p
  binPut: 0x71, // q
  longBinPut: 0x72, // r
  setItem: 0x73, // s
  tuple: 0x74, // t
  emptyTuple: 0x29, // )
  setItems: 0x75, // u
  proto: 0x80,
  newObj: 0x81,
  ext1: 0x82,
  ext2: 0x83,
  ext4: 0x84,
  tuple1: 0x85,
  tuple2: 0x86,
  tuple3: 0x87,
  newTrue: 0x88,
  newFalse: 0x89,
  long1: 0x8a,
  long4: 0x8b,
  binBytes: 0x42, // B
  shortBinBytes: 0x43, // C
  shortBinUnicode: 0x8c,
  binUnicode8: 0x8d,
  binBytes8: 0x8e,
  emptySet: 0x8f,
  addItems: 0x90,
  frozenSet: 0x91,
  newObjEx: 0x92,
  stackGlobal: 0x93,
  memoize: 0x94,
  frame: 0x95,
  byteArray8: 0x96,
  nextBuffer: 0x97,
  readonlyBuffer: 0x98,
} as const
