"""Trains the demonstration's digit classifier in PyTorch on scikit-learn's digits and writes what the demonstration ships:

    python train.py          digits.pt (torch.jit.script), held-back.pt (recorded images and labels), pictures/*.png

Needs torch, scikit-learn and pillow. Seeded: the same versions give the same files.
"""
import os

import numpy as np
import torch
import torch._sources
import torch.nn as nn
import torch.nn.functional as F
from PIL import Image
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

HERE = os.path.dirname(os.path.abspath(__file__))


def shorten(lines_of):
    """Source locations without this machine's folders."""
    def shortened(*args, **kwargs):
        lines, number, path = lines_of(*args, **kwargs)
        return lines, number, path and (path.split("site-packages/")[-1] if "site-packages/" in path else os.path.basename(path))
    return shortened


torch._sources.get_source_lines_and_file = shorten(torch._sources.get_source_lines_and_file)


class DigitNet(nn.Module):
    """Probabilities of the ten digits for grey pictures (batch, 1, height, width) with values from 0 (paper) to 1 (ink)."""

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 24, 3, padding=1), nn.BatchNorm2d(24), nn.ReLU(),
            nn.Conv2d(24, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(32, 48, 3, padding=1), nn.BatchNorm2d(48), nn.ReLU(), nn.MaxPool2d(2))
        self.classifier = nn.Sequential(nn.Flatten(), nn.Dropout(0.3), nn.Linear(48 * 4, 64), nn.ReLU(), nn.Linear(64, 10))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if x.size(-1) != 8 or x.size(-2) != 8:
            x = F.adaptive_avg_pool2d(x, [8, 8])
        return torch.softmax(self.classifier(self.features(x)), dim=-1)


def main():
    torch.manual_seed(0)
    torch.set_num_threads(1)
    images, labels = load_digits(return_X_y=True)
    images = torch.tensor(images / 16.0, dtype=torch.float32).view(-1, 1, 8, 8)
    labels = torch.tensor(labels)
    train, held = train_test_split(np.arange(len(labels)), test_size=0.2, random_state=0, stratify=labels)
    net = DigitNet()
    optimizer = torch.optim.AdamW(net.parameters(), lr=3e-3, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 1e-2, total_steps=40 * (len(train) // 64 + 1))
    for _ in range(40):
        for batch in torch.randperm(len(train)).split(64):
            chosen = train[batch.numpy()]
            x = images[chosen]
            shift = torch.randint(-1, 2, (2,)).tolist()
            x = torch.roll(F.pad(x, (1, 1, 1, 1)), shift, (2, 3))[:, :, 1:-1, 1:-1]
            loss = F.nll_loss(torch.log(net(x) + 1e-9), labels[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    net.eval()
    for parameter in net.parameters():
        parameter.requires_grad_(False)
    script = torch.jit.script(net)
    torch.jit.save(script, os.path.join(HERE, "digits.pt"))
    with torch.no_grad():
        outputs = script(images[held])
    right = (outputs.argmax(1) == labels[held]).float().mean().item()
    torch.save({"calls": [{"method": "forward", "inputs": (images[held],), "outputs": outputs, "rtol": 1e-4, "atol": 1e-5}],
                "labels": labels[held]}, os.path.join(HERE, "held-back.pt"))
    os.makedirs(os.path.join(HERE, "pictures"), exist_ok=True)
    shown = [int(held[(labels[held] == digit).nonzero()[0, 0]]) for digit in (0, 2, 3, 5, 8, 9)]
    for index in shown:
        grey = (255 - images[index, 0] * 255).round().to(torch.uint8).numpy()
        Image.fromarray(grey).resize((64, 64), Image.NEAREST).save(os.path.join(HERE, "pictures", f"digit-{int(labels[index])}.png"))
    print(f"PyTorch gets {right:.4f} of {len(held)} held-back pictures right")


if __name__ == "__main__":
    main()
