/** `torch.nn.modules.module`: what every module has that the interpreter does not give it. */
export const moduleSource = `
from typing import Optional
class Module:
    dump_patches: bool = False
    training: bool
    _version: int = 1
    _is_full_backward_hook: Optional[bool]
    call_super_init: bool = False
    def forward(self, *input):
        raise NotImplementedError(f'Module [{type(self).__name__}] is missing the required "forward" function')
`
