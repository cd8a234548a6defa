/** Whether a variable's name is kept as the name of a value: `_0` and compiler-made `$…` names are not. */
export function meaningfulName(name: string): boolean {
  return name !== '' && name[0] !== '$' && !/^_\d*$/.test(name)
}

export function lastAtom(qualifiedName: string): string {
  return qualifiedName.slice(qualifiedName.lastIndexOf('.') + 1)
}
