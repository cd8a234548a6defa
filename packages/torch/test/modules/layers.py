"""The cases of packages/nn/test/record-modules.py, each as a function that makes the layer."""
import torch
import torch.nn as nn

# inputs: "f2,3"
def make_0_Linear():
    return nn.Linear(3, 4, bias=True)

# inputs: "f2,3", "f2,4"
def make_1_Bilinear():
    return nn.Bilinear(3, 4, 5, bias=True)

# inputs: "f2,3"
def make_2_Linear():
    return nn.Linear(3, 4, bias=False)

# inputs: "f2,3", "f2,4"
def make_3_Bilinear():
    return nn.Bilinear(3, 4, 5, bias=False)

# inputs: "f2,5,3"
def make_4_Linear():
    return nn.Linear(3, 4)

# inputs: "f3"
def make_5_Linear():
    return nn.Linear(3, 4)

# inputs: "f2,3"
def make_6_Identity():
    return nn.Identity()

# inputs: "f2,4,7"
def make_7_Conv1d():
    return nn.Conv1d(4, 6, 3)

# inputs: "f2,4,7"
def make_8_Conv1d():
    return nn.Conv1d(4, 6, 3, stride=2, padding=1, bias=False)

# inputs: "f2,4,7"
def make_9_Conv1d():
    return nn.Conv1d(4, 6, 3, groups=2, dilation=2, padding=2)

# inputs: "f2,4,7"
def make_10_Conv1d():
    return nn.Conv1d(4, 4, 3, padding='same')

# inputs: "f4,7"
def make_11_Conv1d():
    return nn.Conv1d(4, 4, 3, padding='valid', groups=4)

# inputs: "f2,4,7"
def make_12_Conv1d():
    return nn.Conv1d(4, 2, 3, padding=1, padding_mode='reflect')

# inputs: "f2,4,7"
def make_13_Conv1d():
    return nn.Conv1d(4, 2, 3, padding=1, padding_mode='replicate')

# inputs: "f2,4,7"
def make_14_Conv1d():
    return nn.Conv1d(4, 2, 3, padding=1, padding_mode='circular')

# inputs: "f2,4,7"
def make_15_ConvTranspose1d():
    return nn.ConvTranspose1d(4, 6, 3)

# inputs: "f2,4,7"
def make_16_ConvTranspose1d():
    return nn.ConvTranspose1d(4, 6, 3, stride=2, padding=1, output_padding=1, groups=2)

# inputs: "f2,4,7"
def make_17_ConvTranspose1d():
    return nn.ConvTranspose1d(4, 2, 2, bias=False, dilation=2)

# inputs: "f2,4,7"
def make_20_BatchNorm1d():
    return nn.BatchNorm1d(4)

# inputs: "f2,4,7"
def make_21_BatchNorm1d():
    return nn.BatchNorm1d(4, affine=False, momentum=None, eps=0.001)

# inputs: "f2,4,7"
def make_22_BatchNorm1d():
    return nn.BatchNorm1d(4, track_running_stats=False)

# inputs: "f2,4,7"
def make_24_InstanceNorm1d():
    return nn.InstanceNorm1d(4)

# inputs: "f2,4,7"
def make_25_InstanceNorm1d():
    return nn.InstanceNorm1d(4, affine=True, track_running_stats=True)

# inputs: "f4,7"
def make_26_InstanceNorm1d():
    return nn.InstanceNorm1d(4, affine=True)

# inputs: "f2,4,7"
def make_28_MaxPool1d():
    return nn.MaxPool1d(2)

# inputs: "f2,4,7"
def make_29_MaxPool1d():
    return nn.MaxPool1d(3, stride=2, padding=1, ceil_mode=True)

# inputs: "f2,4,7"
def make_30_MaxPool1d():
    return nn.MaxPool1d(2, return_indices=True)

# inputs: "f2,4,7"
def make_31_AvgPool1d():
    return nn.AvgPool1d(2)

# inputs: "f2,4,7"
def make_32_AvgPool1d():
    return nn.AvgPool1d(3, stride=2, padding=1, count_include_pad=False, ceil_mode=True)

# inputs: "p2,4,7"
def make_33_LPPool1d():
    return nn.LPPool1d(2, 2)

# inputs: "p2,4,7"
def make_34_LPPool1d():
    return nn.LPPool1d(3, 2, stride=1)

# inputs: "f2,4,7"
def make_35_AdaptiveAvgPool1d():
    return nn.AdaptiveAvgPool1d(3)

# inputs: "f2,4,7"
def make_36_AdaptiveMaxPool1d():
    return nn.AdaptiveMaxPool1d(2)

# inputs: "f2,4,7"
def make_37_AdaptiveMaxPool1d():
    return nn.AdaptiveMaxPool1d(2, return_indices=True)

# inputs: "f2,4,7"
def make_38_ReflectionPad1d():
    return nn.ReflectionPad1d(1)

# inputs: "f2,4,7"
def make_39_ReplicationPad1d():
    return nn.ReplicationPad1d(1)

# inputs: "f2,4,7"
def make_40_CircularPad1d():
    return nn.CircularPad1d(1)

# inputs: "f2,4,7"
def make_41_ZeroPad1d():
    return nn.ZeroPad1d(1)

# inputs: "f2,4,7"
def make_42_ConstantPad1d():
    return nn.ConstantPad1d(1, 2.5)

# inputs: "f2,4,7"
def make_43_ReflectionPad1d():
    return nn.ReflectionPad1d((1, 2))

# inputs: "f2,4,7"
def make_44_ReplicationPad1d():
    return nn.ReplicationPad1d((1, 2))

# inputs: "f2,4,7"
def make_45_CircularPad1d():
    return nn.CircularPad1d((1, 2))

# inputs: "f2,4,7"
def make_46_ZeroPad1d():
    return nn.ZeroPad1d((1, 2))

# inputs: "f2,4,7"
def make_47_ConstantPad1d():
    return nn.ConstantPad1d((1, 2), 2.5)

# inputs: "f2,4,7"
def make_48_Dropout1d():
    return nn.Dropout1d(0.4)

# inputs: "f2,4,5,6"
def make_49_Conv2d():
    return nn.Conv2d(4, 6, 3)

# inputs: "f2,4,5,6"
def make_50_Conv2d():
    return nn.Conv2d(4, 6, 3, stride=2, padding=1, bias=False)

# inputs: "f2,4,5,6"
def make_51_Conv2d():
    return nn.Conv2d(4, 6, 3, groups=2, dilation=2, padding=2)

# inputs: "f2,4,5,6"
def make_52_Conv2d():
    return nn.Conv2d(4, 4, 3, padding='same')

# inputs: "f4,5,6"
def make_53_Conv2d():
    return nn.Conv2d(4, 4, 3, padding='valid', groups=4)

# inputs: "f2,4,5,6"
def make_54_Conv2d():
    return nn.Conv2d(4, 2, 3, padding=1, padding_mode='reflect')

# inputs: "f2,4,5,6"
def make_55_Conv2d():
    return nn.Conv2d(4, 2, 3, padding=1, padding_mode='replicate')

# inputs: "f2,4,5,6"
def make_56_Conv2d():
    return nn.Conv2d(4, 2, 3, padding=1, padding_mode='circular')

# inputs: "f2,4,5,6"
def make_57_ConvTranspose2d():
    return nn.ConvTranspose2d(4, 6, 3)

# inputs: "f2,4,5,6"
def make_58_ConvTranspose2d():
    return nn.ConvTranspose2d(4, 6, 3, stride=2, padding=1, output_padding=1, groups=2)

# inputs: "f2,4,5,6"
def make_59_ConvTranspose2d():
    return nn.ConvTranspose2d(4, 2, 2, bias=False, dilation=2)

# inputs: "f2,4,5,6"
def make_62_BatchNorm2d():
    return nn.BatchNorm2d(4)

# inputs: "f2,4,5,6"
def make_63_BatchNorm2d():
    return nn.BatchNorm2d(4, affine=False, momentum=None, eps=0.001)

# inputs: "f2,4,5,6"
def make_64_BatchNorm2d():
    return nn.BatchNorm2d(4, track_running_stats=False)

# inputs: "f2,4,5,6"
def make_66_InstanceNorm2d():
    return nn.InstanceNorm2d(4)

# inputs: "f2,4,5,6"
def make_67_InstanceNorm2d():
    return nn.InstanceNorm2d(4, affine=True, track_running_stats=True)

# inputs: "f4,5,6"
def make_68_InstanceNorm2d():
    return nn.InstanceNorm2d(4, affine=True)

# inputs: "f2,4,5,6"
def make_70_MaxPool2d():
    return nn.MaxPool2d(2)

# inputs: "f2,4,5,6"
def make_71_MaxPool2d():
    return nn.MaxPool2d(3, stride=2, padding=1, ceil_mode=True)

# inputs: "f2,4,5,6"
def make_72_MaxPool2d():
    return nn.MaxPool2d(2, return_indices=True)

# inputs: "f2,4,5,6"
def make_73_AvgPool2d():
    return nn.AvgPool2d(2)

# inputs: "f2,4,5,6"
def make_74_AvgPool2d():
    return nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=False, ceil_mode=True)

# inputs: "p2,4,5,6"
def make_75_LPPool2d():
    return nn.LPPool2d(2, 2)

# inputs: "p2,4,5,6"
def make_76_LPPool2d():
    return nn.LPPool2d(3, 2, stride=1)

# inputs: "f2,4,5,6"
def make_77_AdaptiveAvgPool2d():
    return nn.AdaptiveAvgPool2d(3)

# inputs: "f2,4,5,6"
def make_78_AdaptiveMaxPool2d():
    return nn.AdaptiveMaxPool2d(2)

# inputs: "f2,4,5,6"
def make_79_AdaptiveMaxPool2d():
    return nn.AdaptiveMaxPool2d(2, return_indices=True)

# inputs: "f2,4,5,6"
def make_80_ReflectionPad2d():
    return nn.ReflectionPad2d(1)

# inputs: "f2,4,5,6"
def make_81_ReplicationPad2d():
    return nn.ReplicationPad2d(1)

# inputs: "f2,4,5,6"
def make_82_CircularPad2d():
    return nn.CircularPad2d(1)

# inputs: "f2,4,5,6"
def make_83_ZeroPad2d():
    return nn.ZeroPad2d(1)

# inputs: "f2,4,5,6"
def make_84_ConstantPad2d():
    return nn.ConstantPad2d(1, 2.5)

# inputs: "f2,4,5,6"
def make_85_ReflectionPad2d():
    return nn.ReflectionPad2d((1, 2, 1, 2))

# inputs: "f2,4,5,6"
def make_86_ReplicationPad2d():
    return nn.ReplicationPad2d((1, 2, 1, 2))

# inputs: "f2,4,5,6"
def make_87_CircularPad2d():
    return nn.CircularPad2d((1, 2, 1, 2))

# inputs: "f2,4,5,6"
def make_88_ZeroPad2d():
    return nn.ZeroPad2d((1, 2, 1, 2))

# inputs: "f2,4,5,6"
def make_89_ConstantPad2d():
    return nn.ConstantPad2d((1, 2, 1, 2), 2.5)

# inputs: "f2,4,5,6"
def make_90_Dropout2d():
    return nn.Dropout2d(0.4)

# inputs: "f2,4,4,4,5"
def make_91_Conv3d():
    return nn.Conv3d(4, 6, 3)

# inputs: "f2,4,4,4,5"
def make_92_Conv3d():
    return nn.Conv3d(4, 6, 3, stride=2, padding=1, bias=False)

# inputs: "f2,4,4,4,5"
def make_93_Conv3d():
    return nn.Conv3d(4, 6, 3, groups=2, dilation=2, padding=2)

# inputs: "f2,4,4,4,5"
def make_94_Conv3d():
    return nn.Conv3d(4, 4, 3, padding='same')

# inputs: "f4,4,4,5"
def make_95_Conv3d():
    return nn.Conv3d(4, 4, 3, padding='valid', groups=4)

# inputs: "f2,4,4,4,5"
def make_96_Conv3d():
    return nn.Conv3d(4, 2, 3, padding=1, padding_mode='reflect')

# inputs: "f2,4,4,4,5"
def make_97_Conv3d():
    return nn.Conv3d(4, 2, 3, padding=1, padding_mode='replicate')

# inputs: "f2,4,4,4,5"
def make_98_Conv3d():
    return nn.Conv3d(4, 2, 3, padding=1, padding_mode='circular')

# inputs: "f2,4,4,4,5"
def make_99_ConvTranspose3d():
    return nn.ConvTranspose3d(4, 6, 3)

# inputs: "f2,4,4,4,5"
def make_100_ConvTranspose3d():
    return nn.ConvTranspose3d(4, 6, 3, stride=2, padding=1, output_padding=1, groups=2)

# inputs: "f2,4,4,4,5"
def make_101_ConvTranspose3d():
    return nn.ConvTranspose3d(4, 2, 2, bias=False, dilation=2)

# inputs: "f2,4,4,4,5"
def make_104_BatchNorm3d():
    return nn.BatchNorm3d(4)

# inputs: "f2,4,4,4,5"
def make_105_BatchNorm3d():
    return nn.BatchNorm3d(4, affine=False, momentum=None, eps=0.001)

# inputs: "f2,4,4,4,5"
def make_106_BatchNorm3d():
    return nn.BatchNorm3d(4, track_running_stats=False)

# inputs: "f2,4,4,4,5"
def make_108_InstanceNorm3d():
    return nn.InstanceNorm3d(4)

# inputs: "f2,4,4,4,5"
def make_109_InstanceNorm3d():
    return nn.InstanceNorm3d(4, affine=True, track_running_stats=True)

# inputs: "f4,4,4,5"
def make_110_InstanceNorm3d():
    return nn.InstanceNorm3d(4, affine=True)

# inputs: "f2,4,4,4,5"
def make_112_MaxPool3d():
    return nn.MaxPool3d(2)

# inputs: "f2,4,4,4,5"
def make_113_MaxPool3d():
    return nn.MaxPool3d(3, stride=2, padding=1, ceil_mode=True)

# inputs: "f2,4,4,4,5"
def make_114_MaxPool3d():
    return nn.MaxPool3d(2, return_indices=True)

# inputs: "f2,4,4,4,5"
def make_115_AvgPool3d():
    return nn.AvgPool3d(2)

# inputs: "f2,4,4,4,5"
def make_116_AvgPool3d():
    return nn.AvgPool3d(3, stride=2, padding=1, count_include_pad=False, ceil_mode=True)

# inputs: "p2,4,4,4,5"
def make_117_LPPool3d():
    return nn.LPPool3d(2, 2)

# inputs: "p2,4,4,4,5"
def make_118_LPPool3d():
    return nn.LPPool3d(3, 2, stride=1)

# inputs: "f2,4,4,4,5"
def make_119_AdaptiveAvgPool3d():
    return nn.AdaptiveAvgPool3d(3)

# inputs: "f2,4,4,4,5"
def make_120_AdaptiveMaxPool3d():
    return nn.AdaptiveMaxPool3d(2)

# inputs: "f2,4,4,4,5"
def make_121_AdaptiveMaxPool3d():
    return nn.AdaptiveMaxPool3d(2, return_indices=True)

# inputs: "f2,4,4,4,5"
def make_122_ReflectionPad3d():
    return nn.ReflectionPad3d(1)

# inputs: "f2,4,4,4,5"
def make_123_ReplicationPad3d():
    return nn.ReplicationPad3d(1)

# inputs: "f2,4,4,4,5"
def make_124_CircularPad3d():
    return nn.CircularPad3d(1)

# inputs: "f2,4,4,4,5"
def make_125_ZeroPad3d():
    return nn.ZeroPad3d(1)

# inputs: "f2,4,4,4,5"
def make_126_ConstantPad3d():
    return nn.ConstantPad3d(1, 2.5)

# inputs: "f2,4,4,4,5"
def make_127_ReflectionPad3d():
    return nn.ReflectionPad3d((1, 2, 1, 2, 1, 2))

# inputs: "f2,4,4,4,5"
def make_128_ReplicationPad3d():
    return nn.ReplicationPad3d((1, 2, 1, 2, 1, 2))

# inputs: "f2,4,4,4,5"
def make_129_CircularPad3d():
    return nn.CircularPad3d((1, 2, 1, 2, 1, 2))

# inputs: "f2,4,4,4,5"
def make_130_ZeroPad3d():
    return nn.ZeroPad3d((1, 2, 1, 2, 1, 2))

# inputs: "f2,4,4,4,5"
def make_131_ConstantPad3d():
    return nn.ConstantPad3d((1, 2, 1, 2, 1, 2), 2.5)

# inputs: "f2,4,4,4,5"
def make_132_Dropout3d():
    return nn.Dropout3d(0.4)

# inputs: "f2,4,5,6"
def make_133_AdaptiveAvgPool2d():
    return nn.AdaptiveAvgPool2d((None, 2))

# inputs: "f4,5,6"
def make_134_AdaptiveAvgPool2d():
    return nn.AdaptiveAvgPool2d(1)

# inputs: "f1,2,3", "i2:1,2,3"
def make_135_MaxUnpool1d():
    return nn.MaxUnpool1d(2)

# inputs: "f1,2,2,2", "i2:1,2,2,2"
def make_136_MaxUnpool2d():
    return nn.MaxUnpool2d(2, stride=2)

# inputs: "f1,2,2,2,2", "i2:1,2,2,2,2"
def make_137_MaxUnpool3d():
    return nn.MaxUnpool3d(2)

# inputs: "f2,3,8,8"
def make_138_FractionalMaxPool2d():
    return nn.FractionalMaxPool2d(2, output_size=(4, 5))

# inputs: "f2,3,8,8"
def make_139_FractionalMaxPool2d():
    return nn.FractionalMaxPool2d(2, output_ratio=(0.5, 0.5), return_indices=True)

# inputs: "f2,3,6,6,6"
def make_140_FractionalMaxPool3d():
    return nn.FractionalMaxPool3d(2, output_size=3)

# inputs: "f5,3"
def make_143_BatchNorm1d():
    return nn.BatchNorm1d(3)

# inputs: "f2,3"
def make_144_LayerNorm():
    return nn.LayerNorm(3)

# inputs: "f2,3,4"
def make_145_LayerNorm():
    return nn.LayerNorm((3, 4), eps=0.1, bias=False)

# inputs: "f2,3,4"
def make_146_LayerNorm():
    return nn.LayerNorm(4, elementwise_affine=False)

# inputs: "f2,3,4"
def make_147_RMSNorm():
    return nn.RMSNorm(4)

# inputs: "f2,3,4"
def make_148_RMSNorm():
    return nn.RMSNorm((3, 4), eps=0.01, elementwise_affine=False)

# inputs: "f2,4,5"
def make_149_GroupNorm():
    return nn.GroupNorm(2, 4)

# inputs: "f2,4,5,6"
def make_150_GroupNorm():
    return nn.GroupNorm(4, 4, affine=False)

# inputs: "f2,5,6"
def make_151_LocalResponseNorm():
    return nn.LocalResponseNorm(2)

# inputs: "f2,5,6,7"
def make_152_LocalResponseNorm():
    return nn.LocalResponseNorm(3, alpha=0.01, beta=0.5, k=2.0)

# inputs: "f3,4"
def make_155_ReLU():
    return nn.ReLU()

# inputs: "f3,4"
def make_156_ReLU():
    return nn.ReLU(inplace=True)

# inputs: "f3,4"
def make_157_ReLU6():
    return nn.ReLU6()

# inputs: "f3,4"
def make_158_ReLU6():
    return nn.ReLU6(inplace=True)

# inputs: "f3,4"
def make_159_SELU():
    return nn.SELU()

# inputs: "f3,4"
def make_160_SELU():
    return nn.SELU(inplace=True)

# inputs: "f3,4"
def make_161_SiLU():
    return nn.SiLU()

# inputs: "f3,4"
def make_162_SiLU():
    return nn.SiLU(inplace=True)

# inputs: "f3,4"
def make_163_Mish():
    return nn.Mish()

# inputs: "f3,4"
def make_164_Mish():
    return nn.Mish(inplace=True)

# inputs: "f3,4"
def make_165_Hardswish():
    return nn.Hardswish()

# inputs: "f3,4"
def make_166_Hardswish():
    return nn.Hardswish(inplace=True)

# inputs: "f3,4"
def make_167_Hardsigmoid():
    return nn.Hardsigmoid()

# inputs: "f3,4"
def make_168_Hardsigmoid():
    return nn.Hardsigmoid(inplace=True)

# inputs: "f3,4"
def make_169_ELU():
    return nn.ELU()

# inputs: "f3,4"
def make_170_ELU():
    return nn.ELU(0.3, inplace=True)

# inputs: "f3,4"
def make_171_CELU():
    return nn.CELU()

# inputs: "f3,4"
def make_172_CELU():
    return nn.CELU(0.3, inplace=True)

# inputs: "f3,4"
def make_173_LeakyReLU():
    return nn.LeakyReLU()

# inputs: "f3,4"
def make_174_LeakyReLU():
    return nn.LeakyReLU(0.3, inplace=True)

# inputs: "f3,4"
def make_175_Hardtanh():
    return nn.Hardtanh()

# inputs: "f3,4"
def make_176_RReLU():
    return nn.RReLU()

# inputs: "f3,4"
def make_177_Hardtanh():
    return nn.Hardtanh(-0.5, 0.75)

# inputs: "f3,4"
def make_178_RReLU():
    return nn.RReLU(0.1, 0.2)

# inputs: "f3,4"
def make_179_Threshold():
    return nn.Threshold(0.1, 20)

# inputs: "f3,4"
def make_180_Sigmoid():
    return nn.Sigmoid()

# inputs: "f3,4"
def make_181_Tanh():
    return nn.Tanh()

# inputs: "f3,4"
def make_182_LogSigmoid():
    return nn.LogSigmoid()

# inputs: "f3,4"
def make_183_Softsign():
    return nn.Softsign()

# inputs: "f3,4"
def make_184_Tanhshrink():
    return nn.Tanhshrink()

# inputs: "f3,4"
def make_185_GELU():
    return nn.GELU()

# inputs: "f3,4"
def make_186_Hardshrink():
    return nn.Hardshrink()

# inputs: "f3,4"
def make_187_Softshrink():
    return nn.Softshrink()

# inputs: "f3,4"
def make_188_Softplus():
    return nn.Softplus()

# inputs: "f3,4"
def make_189_PReLU():
    return nn.PReLU()

# inputs: "f3,4"
def make_190_GLU():
    return nn.GLU()

# inputs: "f3,4"
def make_191_GELU():
    return nn.GELU(approximate='tanh')

# inputs: "f4,3"
def make_192_GLU():
    return nn.GLU(0)

# inputs: "f3,4"
def make_193_Hardshrink():
    return nn.Hardshrink(0.25)

# inputs: "f3,4"
def make_194_Softshrink():
    return nn.Softshrink(0.25)

# inputs: "f3,4"
def make_195_Softplus():
    return nn.Softplus(2.0, 1.5)

# inputs: "f3,4"
def make_196_PReLU():
    return nn.PReLU(4, init=0.1)

# inputs: "f3,4"
def make_197_Softmax():
    return nn.Softmax(1)

# inputs: "f2,3,4"
def make_198_Softmax():
    return nn.Softmax()

# inputs: "f3,4"
def make_199_Softmin():
    return nn.Softmin(1)

# inputs: "f2,3,4"
def make_200_Softmin():
    return nn.Softmin()

# inputs: "f3,4"
def make_201_LogSoftmax():
    return nn.LogSoftmax(1)

# inputs: "f2,3,4"
def make_202_LogSoftmax():
    return nn.LogSoftmax()

# inputs: "f2,3,4,5"
def make_203_Softmax2d():
    return nn.Softmax2d()

# inputs: "f5,6"
def make_204_Dropout():
    return nn.Dropout()

# inputs: "f5,6"
def make_205_Dropout():
    return nn.Dropout(0.2)

# inputs: "f5,6"
def make_206_AlphaDropout():
    return nn.AlphaDropout()

# inputs: "f5,6"
def make_207_AlphaDropout():
    return nn.AlphaDropout(0.2)

# inputs: "f5,6"
def make_208_Dropout():
    return nn.Dropout(1)

# inputs: "f5,6"
def make_209_Dropout():
    return nn.Dropout(0)

# inputs: "f2,3,4,4"
def make_210_FeatureAlphaDropout():
    return nn.FeatureAlphaDropout(0.3)

# inputs: "i10:2,3"
def make_211_Embedding():
    return nn.Embedding(10, 4)

# inputs: "i10:5"
def make_212_Embedding():
    return nn.Embedding(10, 4, padding_idx=2)

# inputs: "i10:5"
def make_213_Embedding():
    return nn.Embedding(10, 4, padding_idx=-1, max_norm=1.5)

# inputs: "i10:3,4"
def make_214_EmbeddingBag():
    return nn.EmbeddingBag(10, 4, mode='sum')

# inputs: "i10:3,4"
def make_215_EmbeddingBag():
    return nn.EmbeddingBag(10, 4, mode='mean')

# inputs: "i10:3,4"
def make_216_EmbeddingBag():
    return nn.EmbeddingBag(10, 4, mode='max')

# inputs: "i10:3,4"
def make_217_EmbeddingBag():
    return nn.EmbeddingBag(10, 4, padding_idx=1)

# inputs: "f5,2,3"
def make_218_RNN():
    return nn.RNN(3, 4)

# inputs: "f2,5,3"
def make_219_RNN():
    return nn.RNN(3, 4, num_layers=2, batch_first=True, bidirectional=True)

# inputs: "f5,3"
def make_220_RNN():
    return nn.RNN(3, 4, bias=False)

# inputs: "f5,2,3"
def make_221_RNN():
    return nn.RNN(3, 4, num_layers=2, dropout=0.25)

# inputs: "f2,3"
def make_222_RNNCell():
    return nn.RNNCell(3, 4)

# inputs: "f3"
def make_223_RNNCell():
    return nn.RNNCell(3, 4, bias=False)

# inputs: "f5,2,3"
def make_224_GRU():
    return nn.GRU(3, 4)

# inputs: "f2,5,3"
def make_225_GRU():
    return nn.GRU(3, 4, num_layers=2, batch_first=True, bidirectional=True)

# inputs: "f5,3"
def make_226_GRU():
    return nn.GRU(3, 4, bias=False)

# inputs: "f5,2,3"
def make_227_GRU():
    return nn.GRU(3, 4, num_layers=2, dropout=0.25)

# inputs: "f2,3"
def make_228_GRUCell():
    return nn.GRUCell(3, 4)

# inputs: "f3"
def make_229_GRUCell():
    return nn.GRUCell(3, 4, bias=False)

# inputs: "f5,2,3"
def make_230_LSTM():
    return nn.LSTM(3, 4)

# inputs: "f2,5,3"
def make_231_LSTM():
    return nn.LSTM(3, 4, num_layers=2, batch_first=True, bidirectional=True)

# inputs: "f5,3"
def make_232_LSTM():
    return nn.LSTM(3, 4, bias=False)

# inputs: "f5,2,3"
def make_233_LSTM():
    return nn.LSTM(3, 4, num_layers=2, dropout=0.25)

# inputs: "f2,3"
def make_234_LSTMCell():
    return nn.LSTMCell(3, 4)

# inputs: "f3"
def make_235_LSTMCell():
    return nn.LSTMCell(3, 4, bias=False)

# inputs: "f5,2,3"
def make_236_RNN():
    return nn.RNN(3, 4, nonlinearity='relu')

# inputs: "f2,3", "f2,4"
def make_237_RNNCell():
    return nn.RNNCell(3, 4, nonlinearity='relu')

# inputs: "f5,2,3", "f1,2,4"
def make_238_GRU():
    return nn.GRU(3, 4)

# inputs: "f5,2,3", ["f1,2,4", "f1,2,4"]
def make_239_LSTM():
    return nn.LSTM(3, 4)

# inputs: "f5,2,3"
def make_240_LSTM():
    return nn.LSTM(3, 4, proj_size=2)

# inputs: "f2,3", ["f2,4", "f2,4"]
def make_241_LSTMCell():
    return nn.LSTMCell(3, 4)

# inputs: "f5,3,8", "f6,3,8", "f6,3,8"
def make_242_MultiheadAttention():
    return nn.MultiheadAttention(8, 2)

# inputs: "f3,5,8", "f3,6,8", "f3,6,8"
def make_243_MultiheadAttention():
    return nn.MultiheadAttention(8, 2, batch_first=True, bias=False)

# inputs: "f5,3,8", "f6,3,5", "f6,3,7"
def make_244_MultiheadAttention():
    return nn.MultiheadAttention(8, 2, kdim=5, vdim=7)

# inputs: "f5,3,8", "f6,3,8", "f6,3,8"
def make_245_MultiheadAttention():
    return nn.MultiheadAttention(8, 4, add_bias_kv=True, add_zero_attn=True)

# inputs: "f5,3,8", "f6,3,8", "f6,3,8"
def make_246_MultiheadAttention():
    return nn.MultiheadAttention(8, 4, dropout=0.3)

# inputs: "f5,8", "f6,8", "f6,8"
def make_247_MultiheadAttention():
    return nn.MultiheadAttention(8, 2)

# inputs: "f5,3,8"
def make_248_TransformerEncoderLayer():
    return nn.TransformerEncoderLayer(8, 2, dim_feedforward=16)

# inputs: "f3,5,8"
def make_249_TransformerEncoderLayer():
    return nn.TransformerEncoderLayer(8, 2, dim_feedforward=16, batch_first=True, norm_first=True, activation='gelu', dropout=0)

# inputs: "f5,3,8"
def make_250_TransformerEncoderLayer():
    return nn.TransformerEncoderLayer(8, 2, dim_feedforward=16, bias=False)

# inputs: "f5,3,8", "f4,3,8"
def make_251_TransformerDecoderLayer():
    return nn.TransformerDecoderLayer(8, 2, dim_feedforward=16)

# inputs: "f3,5,8", "f3,4,8"
def make_252_TransformerDecoderLayer():
    return nn.TransformerDecoderLayer(8, 2, dim_feedforward=16, batch_first=True, norm_first=True)

# inputs: "f4,2,8", "f5,2,8"
def make_253_Transformer():
    return nn.Transformer(d_model=8, nhead=2, num_encoder_layers=2, num_decoder_layers=1, dim_feedforward=12)

# inputs: "f2,4,8", "f2,5,8"
def make_254_Transformer():
    return nn.Transformer(d_model=8, nhead=2, num_encoder_layers=1, num_decoder_layers=2, dim_feedforward=12, batch_first=True, dropout=0)

# inputs: "f2,3,4"
def make_255_Flatten():
    return nn.Flatten()

# inputs: "f2,3,4"
def make_256_Flatten():
    return nn.Flatten(0, 1)

# inputs: "f2,6"
def make_257_Unflatten():
    return nn.Unflatten(1, (2, 3))

# inputs: "f2,3,4,5"
def make_258_Unfold():
    return nn.Unfold(2)

# inputs: "f2,3,5,6"
def make_259_Unfold():
    return nn.Unfold((2, 3), padding=1, stride=2)

# inputs: "f1,12,12"
def make_260_Fold():
    return nn.Fold((4, 5), 2)

# inputs: "f1,8,2,3"
def make_261_PixelShuffle():
    return nn.PixelShuffle(2)

# inputs: "f1,2,4,6"
def make_262_PixelUnshuffle():
    return nn.PixelUnshuffle(2)

# inputs: "f1,4,2,2"
def make_263_ChannelShuffle():
    return nn.ChannelShuffle(2)

# inputs: "f2,5", "f2,5"
def make_264_CosineSimilarity():
    return nn.CosineSimilarity()

# inputs: "f2,5,3", "f2,5,3"
def make_265_CosineSimilarity():
    return nn.CosineSimilarity(dim=-1)

# inputs: "f2,5", "f2,5"
def make_266_PairwiseDistance():
    return nn.PairwiseDistance()

# inputs: "f2,5", "f2,5"
def make_267_PairwiseDistance():
    return nn.PairwiseDistance(p=1.0, keepdim=True)

# inputs: "f1,2,3,4"
def make_268_Upsample():
    return nn.Upsample(scale_factor=2.0)

# inputs: "f1,2,3"
def make_269_Upsample():
    return nn.Upsample(size=5, mode='linear')

# inputs: "f1,2,3,4"
def make_270_Upsample():
    return nn.Upsample(size=(5, 7), mode='bilinear', align_corners=True)

# inputs: "f1,2,3,4"
def make_271_Upsample():
    return nn.Upsample(scale_factor=1.5, mode='bicubic')

# inputs: "f1,2,3,4,2"
def make_272_Upsample():
    return nn.Upsample(scale_factor=(2.0, 1.5, 2.0), mode='trilinear')

# inputs: "f1,2,4,4"
def make_273_Upsample():
    return nn.Upsample(scale_factor=0.5, mode='area')

# inputs: "f1,2,3,4"
def make_274_Upsample():
    return nn.Upsample(size=6, mode='nearest-exact')

# inputs: "f1,2,3,4"
def make_275_UpsamplingNearest2d():
    return nn.UpsamplingNearest2d(scale_factor=2.0)

# inputs: "f1,2,3,4"
def make_276_UpsamplingBilinear2d():
    return nn.UpsamplingBilinear2d(size=(6, 6))

# inputs: "f3,4", "f3,4"
def make_277_L1Loss():
    return nn.L1Loss(reduction='mean')

# inputs: "f3,4", "f3,4"
def make_278_L1Loss():
    return nn.L1Loss(reduction='sum')

# inputs: "f3,4", "f3,4"
def make_279_L1Loss():
    return nn.L1Loss(reduction='none')

# inputs: "f3,4", "f3,4"
def make_280_MSELoss():
    return nn.MSELoss(reduction='mean')

# inputs: "f3,4", "f3,4"
def make_281_MSELoss():
    return nn.MSELoss(reduction='sum')

# inputs: "f3,4", "f3,4"
def make_282_MSELoss():
    return nn.MSELoss(reduction='none')

# inputs: "f3,4", "f3,4"
def make_283_SmoothL1Loss():
    return nn.SmoothL1Loss(reduction='mean')

# inputs: "f3,4", "f3,4"
def make_284_SmoothL1Loss():
    return nn.SmoothL1Loss(reduction='sum')

# inputs: "f3,4", "f3,4"
def make_285_SmoothL1Loss():
    return nn.SmoothL1Loss(reduction='none')

# inputs: "f3,4", "f3,4"
def make_286_HuberLoss():
    return nn.HuberLoss(reduction='mean')

# inputs: "f3,4", "f3,4"
def make_287_HuberLoss():
    return nn.HuberLoss(reduction='sum')

# inputs: "f3,4", "f3,4"
def make_288_HuberLoss():
    return nn.HuberLoss(reduction='none')

# inputs: "f3,4", "i4:3"
def make_289_CrossEntropyLoss():
    return nn.CrossEntropyLoss(reduction='mean')

# inputs: "f3,4", "i4:3"
def make_290_CrossEntropyLoss():
    return nn.CrossEntropyLoss(reduction='sum')

# inputs: "f3,4", "i4:3"
def make_291_CrossEntropyLoss():
    return nn.CrossEntropyLoss(reduction='none')

# inputs: "f3,4", "i4:3"
def make_292_NLLLoss():
    return nn.NLLLoss(reduction='mean')

# inputs: "f3,4", "i4:3"
def make_293_NLLLoss():
    return nn.NLLLoss(reduction='sum')

# inputs: "f3,4", "i4:3"
def make_294_NLLLoss():
    return nn.NLLLoss(reduction='none')

# inputs: "f2,4,3,3", "i4:2,3,3"
def make_295_NLLLoss2d():
    return nn.NLLLoss2d(reduction='mean')

# inputs: "f2,4,3,3", "i4:2,3,3"
def make_296_NLLLoss2d():
    return nn.NLLLoss2d(reduction='sum')

# inputs: "f2,4,3,3", "i4:2,3,3"
def make_297_NLLLoss2d():
    return nn.NLLLoss2d(reduction='none')

# inputs: "u3,4", "u3,4"
def make_298_BCELoss():
    return nn.BCELoss(reduction='mean')

# inputs: "u3,4", "u3,4"
def make_299_BCELoss():
    return nn.BCELoss(reduction='sum')

# inputs: "u3,4", "u3,4"
def make_300_BCELoss():
    return nn.BCELoss(reduction='none')

# inputs: "f3,4", "u3,4"
def make_301_BCEWithLogitsLoss():
    return nn.BCEWithLogitsLoss(reduction='mean')

# inputs: "f3,4", "u3,4"
def make_302_BCEWithLogitsLoss():
    return nn.BCEWithLogitsLoss(reduction='sum')

# inputs: "f3,4", "u3,4"
def make_303_BCEWithLogitsLoss():
    return nn.BCEWithLogitsLoss(reduction='none')

# inputs: "f3,4", "u3,4"
def make_304_KLDivLoss():
    return nn.KLDivLoss(reduction='mean')

# inputs: "f3,4", "u3,4"
def make_305_KLDivLoss():
    return nn.KLDivLoss(reduction='sum')

# inputs: "f3,4", "u3,4"
def make_306_KLDivLoss():
    return nn.KLDivLoss(reduction='none')

# inputs: "f3,4", "p3,4"
def make_307_PoissonNLLLoss():
    return nn.PoissonNLLLoss(reduction='mean')

# inputs: "f3,4", "p3,4"
def make_308_PoissonNLLLoss():
    return nn.PoissonNLLLoss(reduction='sum')

# inputs: "f3,4", "p3,4"
def make_309_PoissonNLLLoss():
    return nn.PoissonNLLLoss(reduction='none')

# inputs: "f3,4", "f3,4", "p3,4"
def make_310_GaussianNLLLoss():
    return nn.GaussianNLLLoss(reduction='mean')

# inputs: "f3,4", "f3,4", "p3,4"
def make_311_GaussianNLLLoss():
    return nn.GaussianNLLLoss(reduction='sum')

# inputs: "f3,4", "f3,4", "p3,4"
def make_312_GaussianNLLLoss():
    return nn.GaussianNLLLoss(reduction='none')

# inputs: "f3,4", "s3,4"
def make_313_HingeEmbeddingLoss():
    return nn.HingeEmbeddingLoss(reduction='mean')

# inputs: "f3,4", "s3,4"
def make_314_HingeEmbeddingLoss():
    return nn.HingeEmbeddingLoss(reduction='sum')

# inputs: "f3,4", "s3,4"
def make_315_HingeEmbeddingLoss():
    return nn.HingeEmbeddingLoss(reduction='none')

# inputs: "f4", "f4", "s4"
def make_316_MarginRankingLoss():
    return nn.MarginRankingLoss(reduction='mean')

# inputs: "f4", "f4", "s4"
def make_317_MarginRankingLoss():
    return nn.MarginRankingLoss(reduction='sum')

# inputs: "f4", "f4", "s4"
def make_318_MarginRankingLoss():
    return nn.MarginRankingLoss(reduction='none')

# inputs: "f3,4", "s3,4"
def make_319_SoftMarginLoss():
    return nn.SoftMarginLoss(reduction='mean')

# inputs: "f3,4", "s3,4"
def make_320_SoftMarginLoss():
    return nn.SoftMarginLoss(reduction='sum')

# inputs: "f3,4", "s3,4"
def make_321_SoftMarginLoss():
    return nn.SoftMarginLoss(reduction='none')

# inputs: "f3,4", "i4:3,4"
def make_322_MultiLabelMarginLoss():
    return nn.MultiLabelMarginLoss(reduction='mean')

# inputs: "f3,4", "i4:3,4"
def make_323_MultiLabelMarginLoss():
    return nn.MultiLabelMarginLoss(reduction='sum')

# inputs: "f3,4", "i4:3,4"
def make_324_MultiLabelMarginLoss():
    return nn.MultiLabelMarginLoss(reduction='none')

# inputs: "f3,4", "u3,4"
def make_325_MultiLabelSoftMarginLoss():
    return nn.MultiLabelSoftMarginLoss(reduction='mean')

# inputs: "f3,4", "u3,4"
def make_326_MultiLabelSoftMarginLoss():
    return nn.MultiLabelSoftMarginLoss(reduction='sum')

# inputs: "f3,4", "u3,4"
def make_327_MultiLabelSoftMarginLoss():
    return nn.MultiLabelSoftMarginLoss(reduction='none')

# inputs: "f3,4", "i4:3"
def make_328_MultiMarginLoss():
    return nn.MultiMarginLoss(reduction='mean')

# inputs: "f3,4", "i4:3"
def make_329_MultiMarginLoss():
    return nn.MultiMarginLoss(reduction='sum')

# inputs: "f3,4", "i4:3"
def make_330_MultiMarginLoss():
    return nn.MultiMarginLoss(reduction='none')

# inputs: "f3,4", "f3,4", "s3"
def make_331_CosineEmbeddingLoss():
    return nn.CosineEmbeddingLoss(reduction='mean')

# inputs: "f3,4", "f3,4", "s3"
def make_332_CosineEmbeddingLoss():
    return nn.CosineEmbeddingLoss(reduction='sum')

# inputs: "f3,4", "f3,4", "s3"
def make_333_CosineEmbeddingLoss():
    return nn.CosineEmbeddingLoss(reduction='none')

# inputs: "f3,4", "f3,4", "f3,4"
def make_334_TripletMarginLoss():
    return nn.TripletMarginLoss(reduction='mean')

# inputs: "f3,4", "f3,4", "f3,4"
def make_335_TripletMarginLoss():
    return nn.TripletMarginLoss(reduction='sum')

# inputs: "f3,4", "f3,4", "f3,4"
def make_336_TripletMarginLoss():
    return nn.TripletMarginLoss(reduction='none')

# inputs: "f3,4", "f3,4", "f3,4"
def make_337_TripletMarginWithDistanceLoss():
    return nn.TripletMarginWithDistanceLoss(reduction='mean')

# inputs: "f3,4", "f3,4", "f3,4"
def make_338_TripletMarginWithDistanceLoss():
    return nn.TripletMarginWithDistanceLoss(reduction='sum')

# inputs: "f3,4", "f3,4", "f3,4"
def make_339_TripletMarginWithDistanceLoss():
    return nn.TripletMarginWithDistanceLoss(reduction='none')

# inputs: "f3,4", "u3,4"
def make_340_CrossEntropyLoss():
    return nn.CrossEntropyLoss(label_smoothing=0.1)

# inputs: "f3,4,2", "i4:3,2"
def make_341_CrossEntropyLoss():
    return nn.CrossEntropyLoss(ignore_index=1)

# inputs: "f3,4", "f3,4"
def make_342_SmoothL1Loss():
    return nn.SmoothL1Loss(beta=0.5)

# inputs: "f3,4", "f3,4"
def make_343_HuberLoss():
    return nn.HuberLoss(delta=0.5)

# inputs: "f3,4", "f3,4"
def make_344_KLDivLoss():
    return nn.KLDivLoss(reduction='batchmean', log_target=True)

# inputs: "p3,4", "p3,4"
def make_345_PoissonNLLLoss():
    return nn.PoissonNLLLoss(log_input=False, full=True)

# inputs: "f3,4", "f3,4", "p3,1"
def make_346_GaussianNLLLoss():
    return nn.GaussianNLLLoss(full=True)

# inputs: "f3,4", "f3,4", "f3,4"
def make_347_TripletMarginLoss():
    return nn.TripletMarginLoss(swap=True, p=1.0, margin=0.5)

# inputs: "f3,4", "f3,4", "f3,4"
def make_348_TripletMarginWithDistanceLoss():
    return nn.TripletMarginWithDistanceLoss(swap=True)

# inputs: "f3,4", "i4:3"
def make_349_MultiMarginLoss():
    return nn.MultiMarginLoss(p=2, margin=0.5)

# inputs: "f6,2,4", "i3:2,3", [6, 5], [3, 2]
def make_350_CTCLoss():
    return nn.CTCLoss(blank=3)

# inputs: "f5,8", "i20:5"
def make_351_AdaptiveLogSoftmaxWithLoss():
    return nn.AdaptiveLogSoftmaxWithLoss(8, 20, (4, 10), div_value=2.0)

