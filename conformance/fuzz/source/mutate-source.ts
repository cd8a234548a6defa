/** Tokens that turn one construct into another, or into none. */
const tokens = (
  "x n l f i self 0 1 -1 2 1.5 1e400 0x1f 2j \"a\" ''' None True False [ ] ( ) { } : , . = == != + - * / // ** @ % & | ^ ~ < <= > >= << >> -> := " +
  '+= *= not and or in is if elif else for while return break continue def class lambda assert raise with as del pass yield await async try: ' +
  'except: global import from int float bool str complex Tensor List[int] Dict[str,int] Optional[int] Tuple[int,int] Union[int,str] Any torch ' +
  'torch.jit torch.nn F.relu math range( len( zip( enumerate( isinstance( hasattr( getattr( print( super( min( max( sum( sorted( reversed( ' +
  'list( dict( tuple( str( int( float( bool( any( all( map( ... ; \\ # @torch.jit.ignore torch.jit.annotate( *args **kwargs f"{x}" 99999999999999999999'
)
  .split(' ')
  .concat('\n', '\n    ', '\n        ', '\t', '\0', '\u{1f600}', '# type: (int) -> int')

/** One to four small damages: characters, tokens, words that change places, lines removed, doubled, moved or indented, a piece of `other`. */
export function mutateSource(original: string, other: string, random: () => number): string {
  const below = (n: number): number => Math.floor(random() * n)
  let text = original
  for (let left = 1 + below(4); left > 0; left--) {
    const at = below(text.length + 1)
    const lines = text.split('\n')
    switch (below(12)) {
      case 0:
        text = text.slice(0, at) + text.slice(at + 1 + below(12))
        break
      case 1:
      case 2:
        text = `${text.slice(0, at)} ${tokens[below(tokens.length)]} ${text.slice(at)}`
        break
      case 3:
        text = text.slice(0, at) + String.fromCharCode(below(8) === 0 ? below(0x2fff) : 32 + below(95)) + text.slice(at + 1)
        break
      case 4:
      case 5:
      case 6: {
        const words = [...text.matchAll(/[\w.]+/g)]
        const [into, from] = [words[below(words.length)], words[below(words.length)]]
        if (into && from) text = text.slice(0, into.index) + from[0] + text.slice(into.index + into[0].length)
        break
      }
      case 7:
        lines.splice(below(lines.length), 1)
        text = lines.join('\n')
        break
      case 8:
        lines.splice(below(lines.length), 0, lines[below(lines.length)])
        text = lines.join('\n')
        break
      case 9: {
        const line = below(lines.length)
        lines[line] = below(2) ? `    ${lines[line]}` : lines[line].replace(/^ {4}/, '')
        text = lines.join('\n')
        break
      }
      case 10: {
        const theirs = other.split('\n')
        const start = below(theirs.length)
        lines.splice(below(lines.length), below(3), ...theirs.slice(start, start + 1 + below(3)))
        text = lines.join('\n')
        break
      }
      default: {
        const words = [...text.matchAll(/[^\s\w]+|\w+/g)]
        const word = words[below(words.length)]
        if (word) text = text.slice(0, word.index) + tokens[below(tokens.length)] + text.slice(word.index + word[0].length)
      }
    }
  }
  return text
}
