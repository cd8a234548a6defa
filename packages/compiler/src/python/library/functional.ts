export const functionalSource = `
import torch
`
