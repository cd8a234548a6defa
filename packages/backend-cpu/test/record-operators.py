"""Makes fixtures/operators.jsonl.gz: what PyTorch computes for the elementwise, view, copy, factory, joining and reduction operators.

    python record-operators.py [every case to this file]
"""
import json, pathlib, re, sys
import torch
from record import case, write, cases

here = pathlib.Path(__file__).parent
schemas = {}
for name in ("pointwise_ops", "reductions", "views", "copy", "factories", "joining"):
    for text in re.findall(r'TSJIT_KERNEL\("(.*?)(?<!\\)", ', (here / f"../native/kernels/{name}.cc").read_text()):
        schemas[text.split("(")[0]] = (name, text.replace('\\"', '"'))
torch.manual_seed(0)
R=torch.randn
special=torch.tensor([0.,-0.,1.,-1.,float('inf'),-float('inf'),float('nan'),0.5,-0.5,2.5,-2.5,1e-30,1e30,-1e-40,80.,-90.,100.,-104.,3e-5,9.9])
for k, (family, sch) in schemas.items():
    if family != 'pointwise_ops': continue
    args=re.search(r'\((.*)\) ->',sch).group(1)
    types=[a.strip().split(' ')[0] for a in args.split(',') if a.strip()!='*' and '=' not in a]
    types=[re.sub(r'\(.*?\)','',t) for t in types]
    if 'dropout' in k:
        case(k,R(2,3),0.5,False); continue
    def t(dt,strided=False,pos=False,shape=(3,5)):
        if dt==torch.bool: x=torch.rand(shape)>0.5
        elif dt.is_floating_point: x=(torch.randn(shape)*2).to(dt)
        else: x=torch.randint(1 if pos else -5,6,shape).to(dt) if dt!=torch.uint8 else torch.randint(1 if pos else 0,6,shape).to(dt)
        if strided: x=x.t().contiguous().t()
        return x
    for dt in (torch.float32,torch.float64,torch.float16,torch.bfloat16,torch.int64,torch.int32,torch.uint8,torch.bool):
        for variant in range(3):
            a=[]
            for i,ty in enumerate(types):
                if ty.startswith('Tensor'):
                    if 'masked_fill' in k:
                        a.append(t(dt) if i==0 else t(torch.bool) if i==1 else torch.tensor(2).to(dt)); continue
                    if 'where' in k and i==0: a.append(t(torch.bool)); continue
                    if 'prelu' in k and i==1: a.append(torch.rand(5).to(dt) if dt.is_floating_point else torch.ones(5,dtype=dt)); continue
                    shape=(3,5) if not (variant==1 and i>0) else (5,)
                    a.append(t(dt,variant==2,shape=shape) if shape==(3,5) else t(dt,shape=shape))
                elif ty.startswith('Scalar'): a.append(2 if not dt.is_floating_point or variant==1 else 1.5)
                elif ty.startswith('float'): a.append(0.5)
                elif ty.startswith('str'): a.append('none' if 'gelu' in k else 'floor' if variant else 'trunc')
                elif ty.startswith('int'): a.append(1)
                else: raise Exception(ty)
            if 'clamp' in k and k in('aten::clamp','aten::clamp_','aten::clip'): a+= [-1, 1.5 if dt.is_floating_point else 2]
            if k in ('aten::clamp.Tensor','aten::clamp_.Tensor'): a+=[t(dt),None]
            case(k,*a)
    if types==['Tensor'] :
        case(k,special.clone()); case(k,special.double()); case(k,(torch.randn(60)*3))
    if types==['Tensor','Tensor']:
        case(k,special.clone(),special.flip(0).clone()); case(k,special.clone(),torch.tensor(2.)); case(k,torch.tensor([1,2,3]),torch.tensor(1.5)); case(k,torch.tensor([1,2,3]),torch.tensor([1.5,2,2],dtype=torch.float16)); case(k,R(2,3,4,5).to(memory_format=torch.channels_last),R(3,1,1)); case(k,R(2,3,4,5).permute(3,0,1,2),R(5,1,1,4))
    if types==['Tensor','Scalar']:
        case(k,special.clone(),1.5); case(k,torch.tensor([1,2,3]),1.5); case(k,torch.tensor([1,2,3],dtype=torch.int32),3);case(k,torch.tensor([True,False]),3)
D=[torch.float32,torch.float64,torch.float16,torch.bfloat16,torch.int64,torch.int32,torch.uint8,torch.bool]
def t(dt,*s):
    if dt==torch.bool: return torch.rand(s)>0.4
    if dt.is_floating_point: return (R(*s)*2).to(dt)
    return torch.randint(0 if dt==torch.uint8 else -5,6,s).to(dt)
A='aten::'
for dt in D:
    x=t(dt,2,3,4)
    for y in (x, x.transpose(0,2), t(dt,4,3,2).permute(2,1,0), t(dt,6,3,4)[::3]):
        tol=dict(_tolerance=2e-2) if dt in(torch.float16,torch.bfloat16) else dict(_tolerance=1e-5) if dt==torch.float32 else {}
        for k in('sum','mean','prod','max','min','any','all'): case(A+k,y,**tol)
        for dims in ([0],[1],[2],[0,1],[1,2],[0,2],[-1],None):
            for keep in(True,False):
                for k in('sum.dim_IntList','mean.dim'): case(A+k,y,dims,keep,**tol)
                if dims is not None:
                    for k in('amax','amin'): case(A+k,y,dims,keep)
                    if len(dims)==1:
                        for k in ('max.dim','min.dim','argmax','argmin','any.dim','all.dim','prod.dim_int'): case(A+k,y,dims[0],keep,**tol)
                    case(A+'logsumexp',y,dims,keep,**tol); case(A+'linalg_vector_norm',y,2,dims,keep,**tol);case(A+'linalg_vector_norm',y,1,dims,keep,**tol);case(A+'linalg_vector_norm',y,float('inf'),dims,keep,**tol);case(A+'linalg_vector_norm',y,3,dims,keep,**tol);case(A+'norm.ScalarOpt_dim',y,2,dims,keep,**tol)
                    for k in ('var.dim','std.dim','var_mean.dim','std_mean.dim'): case(A+k,y,dims,True,keep,**tol)
                case(A+'var.correction',y,dims,correction=0,keepdim=keep,**tol)
        case(A+'var',y,True,**tol); case(A+'std',y,False,**tol); case(A+'norm.Scalar',y,2,**tol);case(A+'argmax',y)
        for d in (0,1,2,-1):
            case(A+'softmax.int',y,d,**tol); case(A+'log_softmax.int',y,d,**(tol and {'_tolerance': max(tol['_tolerance'], 0.4 if dt in (torch.float16, torch.bfloat16) else 0)})); case(A+'cumsum',y,d,**tol); case(A+'cumprod',y,d,**tol); case(A+'softmax.int',y,d,torch.float32,**(tol or dict(_tolerance=1e-5)))
        # views
        case(A+'reshape',y,[6,4]);case(A+'reshape',y,[-1]);case(A+'view',y,[6,-1]);case(A+'flatten.using_ints',y,1,2);case(A+'flatten.using_ints',y);case(A+'permute',y,[2,0,1]);case(A+'permute',y,[0,-1,1]);case(A+'transpose.int',y,-1,0);case(A+'select.int',y,1,-1);case(A+'select.int',y,0,1)
        case(A+'slice.Tensor',y,2,1,None,2);case(A+'slice.Tensor',y,-2,-2,100);case(A+'narrow',y,2,1,2);case(A+'unbind.int',y,1);case(A+'split.Tensor',y,2,-1);case(A+'split_with_sizes',y,[1,3],2);case(A+'split.Tensor',y,3,2);case(A+'chunk',y,3,2);case(A+'chunk',y,2,1);case(A+'tensor_split.sections',y,3,2)
        case(A+'expand',y,[5,2,3,4]);case(A+'expand',y[:1],[5,-1,-1]);case(A+'expand_as',y[:,:1],y);case(A+'squeeze',y[:,:1]);case(A+'squeeze.dim',y[:,:1],1);case(A+'squeeze.dim',y,1);case(A+'squeeze.dims',y[:1,:1],[0,1]);case(A+'unsqueeze',y,-1);case(A+'unsqueeze',y,0);case(A+'unsqueeze',y,2)
        case(A+'unflatten.int',y,2,[2,-1]);case(A+'movedim.int',y,0,2);case(A+'movedim.intlist',y,[0,1],[1,2]);case(A+'diagonal',y,1,1,2);case(A+'diagonal',y,-1);case(A+'detach',y);case(A+'alias',y);case(A+'as_strided',y,[2,2],[1,2]);case(A+'unfold',y,2,2,1);case(A+'view_as',y,y.reshape(6,4));case(A+'broadcast_tensors',[y,y[:1],y[0]]);case(A+'numpy_T',y);case(A+'mT',y);case(A+'t',y[0]);case(A+'swapaxes',y,0,1)
        # copies
        case(A+'clone',y);case(A+'clone',y,memory_format=torch.contiguous_format);case(A+'contiguous',y)
        for to in D: case(A+'to.dtype',y if to!=torch.uint8 else y.abs() if dt!=torch.bool else y,to); case(A+'copy_',t(to,2,3,4) ,y.abs() if dt!=torch.bool else y)
        case(A+'to.device',y,torch.device('cpu'),torch.float32);case(A+'to.dtype_layout',y,dtype=torch.float32,device=torch.device('cpu'));case(A+'_to_copy',y,dtype=torch.float64);case(A+'type_as',y,R(1));case(A+'copy_',t(dt,4,3,2).permute(2,1,0),y);case(A+'copy_',t(dt,2,3,4),y[:1])
        case(A+'zeros_like',y);case(A+'ones_like',y);case(A+'full_like',y,1);case(A+'new_zeros',y,[2,2]);case(A+'new_ones',y,[2,2],dtype=torch.float32);case(A+'new_full',y,[3],1)
        case(A+'fill_.Scalar',y.clone(),1);case(A+'zero_',y.clone());case(A+'tril',y,0);case(A+'triu',y,1);case(A+'tril',y,-1)
        case(A+'cat',[y,y],1);case(A+'cat',[y,y[:, :1]],1);case(A+'cat',[y,R(2,3,4)],0);case(A+'cat',[y],0);case(A+'stack',[y,y],1);case(A+'stack',[y,y],-1);case(A+'constant_pad_nd',y,[1,2,0,1],1);case(A+'constant_pad_nd',y,[-1,1]);case(A+'pad',y,[1,1],'constant',None)
        case(A+'repeat',y,[2,1,3]);case(A+'repeat',y,[2,1,1,2]);case(A+'tile',y,[2]);case(A+'repeat_interleave.self_int',y,2,1);case(A+'repeat_interleave.self_int',y,2);case(A+'roll',y,[1],[1]);case(A+'roll',y,[2,-1],[0,2]);case(A+'roll',y,[5])
        case(A+'pad',y,[1,1],'reflect');case(A+'pad',y,[2,1],'replicate')
    c=t(dt,2,3,4,5).to(memory_format=torch.channels_last)
    case(A+'mean.dim',c,[2,3],True);case(A+'sum.dim_IntList',c,[1],**tol);case(A+'contiguous',c);case(A+'contiguous',c.contiguous(),memory_format=torch.channels_last);case(A+'clone',c);case(A+'cat',[c,c],1);case(A+'to.dtype',c,torch.float64);case(A+'constant_pad_nd',c,[1,1,1,1]);case(A+'zeros_like',c);case(A+'empty_like',c[:, :0]);case(A+'stack',[c,c],0)
case(A+'zeros',[2,3]);case(A+'ones',[2],dtype=torch.int64);case(A+'full',[2,2],3);case(A+'full',[2],3.5);case(A+'full',[2],True);case(A+'arange',5);case(A+'arange',5.5);case(A+'arange.start',2,9);case(A+'arange.start_step',9,2,-2);case(A+'arange.start_step',0,1,0.1);case(A+'arange',6,dtype=torch.float32);case(A+'arange.start_step',0,10,3,dtype=torch.int32);case(A+'linspace',0,1,7);case(A+'linspace',-1.,1.,4,dtype=torch.float64);case(A+'eye',3);case(A+'eye.m',2,4,dtype=torch.int64);case(A+'empty.memory_format',[0,3])
case(A+'amax',torch.tensor([[1,float('nan'),2]]),[1]);case(A+'max.dim',torch.tensor([[1,float('nan'),2]]),1);case(A+'sum',R(0));case(A+'mean',R(0));case(A+'sum',torch.tensor(3.));case(A+'softmax.int',torch.tensor(3.),0);case(A+'cumsum',torch.tensor(3.),0);case(A+'reflection_pad2d',R(1,2,4,5),[1,2,3,1]);case(A+'replication_pad2d',R(2,4,5),[1,2,3,1]);case(A+'reflection_pad1d',R(2,4),[3,2]);case(A+'softmax.int',torch.tensor([[-float('inf')]*3]),1)
case(A+'tensor.int',3);case(A+'scalar_tensor',2.5);case(A+'split.sizes',R(5),[2,3]);case(A+'add.Tensor',torch.zeros(3,dtype=torch.complex64),torch.ones(3))

if len(sys.argv) > 1:
    write(sys.argv[1])
# the fixture: a few cases of each operator, spread over dtypes and layouts, and every refusal's first
chosen, by_op = [], {}
for row in cases: by_op.setdefault(row["op"], []).append(row)
for rows in by_op.values():
    good, bad = [r for r in rows if "error" not in r], [r for r in rows if "error" in r]
    step = max(1, len(good) // 7)
    chosen += good[::step] + bad[:1]
cases[:] = chosen
write(here / "fixtures/operators.jsonl.gz")
