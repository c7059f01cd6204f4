"""Calls whose results TensorFlow decides: what they give, or which exception they raise.  `make_array.py` records them."""

from __future__ import annotations

from typing import Any

import numpy as np

CALLS = r"""
tf.pad(a,[[1,2]])
tf.pad(a,[[1,2]],constant_values=5)
tf.pad(a,[[1,2]],constant_values=tf.constant(5.))
tf.pad(a,[[1,2]],'reflect')
tf.pad(a,[[2,2]],'REFLECT')
tf.pad(a,[[3,2]],'REFLECT')
tf.pad(a,[[3,3]],'SYMMETRIC')
tf.pad(a,[[4,3]],'SYMMETRIC')
tf.pad(a,[[1,2]],'foo')
tf.pad(a,[[-1,2]])
tf.pad(a,[[1,2],[1,2]])
tf.pad(a,[1,2])
tf.pad(a,[[1.,2.]])
tf.pad(i,[[1,2]],constant_values=2.5)
tf.pad(tf.constant(1.),[])
tf.pad(tf.constant(1.),tf.zeros([0,2],tf.int32))
tf.reverse(x,[0])
tf.reverse(x,0)
tf.reverse(x,[3])
tf.reverse(x,[0,0])
tf.reverse(x,[])
tf.reverse(x,[-1])
tf.roll(a,1,0)
tf.roll(a,[1,1],[0,0])
tf.roll(a,1,1)
tf.roll(a,1,-1)
tf.roll(a,[1],0)
tf.roll(a,1.0,0)
tf.roll(tf.constant(1.),1,0)
tf.roll(m,[1,2],[0,1])
tf.roll(m,[1,2,3],[0,1])
tf.repeat(a,2)
tf.repeat(m,2)
tf.repeat(m,[1,2],axis=0)
tf.repeat(m,[1,2],axis=1)
tf.repeat(m,[1,0,2],axis=-1)
tf.repeat(m,[2],axis=0)
tf.repeat(m,2,axis=3)
tf.repeat(m,-1,axis=0)
tf.repeat(3.,2)
tf.tile(a,[2])
tf.tile(a,2)
tf.tile(m,[2])
tf.tile(m,[2,-1])
tf.tile(m,[0,1])
tf.tile(tf.constant(1.),[])
tf.expand_dims(a,0)
tf.expand_dims(a,-1)
tf.expand_dims(a,2)
tf.expand_dims(a,-3)
tf.expand_dims(a,[0])
tf.expand_dims(a,[0,1])
tf.expand_dims(a,1.)
tf.expand_dims(a,None)
tf.squeeze(tf.ones([1,2,1]))
tf.squeeze(tf.ones([1,2,1]),0)
tf.squeeze(tf.ones([1,2,1]),[0,2])
tf.squeeze(tf.ones([1,2,1]),1)
tf.squeeze(tf.ones([1,2,1]),3)
tf.squeeze(tf.ones([1,2,1]),[])
tf.squeeze(tf.ones([1,2,1]),[-1])
tf.transpose(m)
tf.transpose(m,[0])
tf.transpose(m,[0,0])
tf.transpose(m,[0,2])
tf.transpose(m,[-1,0])
tf.transpose(tf.reshape(z,[1,1]),conjugate=True)
tf.transpose(a,conjugate=True)
tf.stack([a,a])
tf.stack([a,a],axis=1)
tf.stack([a,a],axis=2)
tf.stack([a,a],axis=-3)
tf.stack([a,m])
tf.stack([a,i])
tf.stack([])
tf.stack(a)
tf.stack([1,2.])
tf.stack([1.,i[0]])
tf.stack([a[0],1])
tf.unstack(m)
tf.unstack(m,axis=1)
tf.unstack(m,num=3)
tf.unstack(m,axis=2)
tf.unstack(tf.constant(1.))
tf.split(a,3)
tf.split(a,2)
tf.split(a,[1,2])
tf.split(a,[1,-1])
tf.split(a,[1,1])
tf.split(a,[-1,-1])
tf.split(m,3,axis=1)
tf.split(m,3,axis=2)
tf.split(m,3,axis=-1)
tf.split(a,[1,2],num=3)
tf.split(a,tf.constant([1,2]))
tf.split(a,0)
tf.split(tf.constant(1.),1)
tf.split(a,1.5)
tf.split(a,[1,3,-1])
tf.concat([a,a],0)
tf.concat([a,a],1)
tf.concat([a,a],-1)
tf.concat([a,m],0)
tf.concat([a,i],0)
tf.concat(a,0)
tf.concat([],0)
tf.concat([m,m],tf.constant(1))
tf.concat([m,m],[1])
tf.concat([[1.],a],0)
tf.concat([tf.constant(1.),tf.constant(2.)],0)
tf.concat([[1],a],0)
tf.concat([m,tf.ones([2,4])],0)
tf.concat([a],3)
tf.meshgrid(a,a)
tf.meshgrid(a,[1.,2.],indexing='ij')
tf.meshgrid(a,m)
tf.meshgrid()
tf.meshgrid(a,a,indexing='xx')
tf.meshgrid(a)
tf.meshgrid([1,2],[3,4])
tf.one_hot([0,2],3)
tf.one_hot([0,-1,5],3)
tf.one_hot([0,2],3,5.,1.)
tf.one_hot([0,2],3,5,1)
tf.one_hot([0,2],3,5)
tf.one_hot([0,2],3,dtype=tf.int32)
tf.one_hot([0,2],3,dtype=tf.bool)
tf.one_hot([0,2],3,True,False)
tf.one_hot([0,2],3,True,False,dtype=tf.bool)
tf.one_hot([0,2],3,1.,0,dtype=tf.float32)
tf.one_hot([0,2],3,1,0.)
tf.one_hot([[0,2]],3,axis=0)
tf.one_hot([[0,2]],3,axis=1)
tf.one_hot([[0,2]],3,axis=3)
tf.one_hot([[0,2]],3,axis=-2)
tf.one_hot(1,3)
tf.one_hot([1.],3)
tf.one_hot([1],-3)
tf.one_hot([1],0)
tf.one_hot([1],tf.constant(2))
tf.one_hot([1],[2])
tf.one_hot(tf.constant([1],tf.uint8),2)
tf.one_hot([1],2,on_value=tf.constant(3,tf.int32),dtype=tf.float32)
tf.sequence_mask([1,3,2])
tf.sequence_mask([1,3,2],5)
tf.sequence_mask([[1],[2]],2,dtype=tf.float32)
tf.sequence_mask(2,3)
tf.sequence_mask(2)
tf.sequence_mask([1.,2.5])
tf.sequence_mask([1],[2])
tf.sequence_mask([])
tf.fill([2,3],1)
tf.fill([2,3],1.5)
tf.fill([],1)
tf.fill([2],[1])
tf.fill([-1],1)
tf.fill(2,1)
tf.fill([2.],1)
tf.zeros([2,3])
tf.zeros(3)
tf.zeros([])
tf.zeros((2,),tf.string)
tf.zeros([2],tf.bool)
tf.zeros(tf.constant([2,1]))
tf.zeros([-1])
tf.zeros([1.5])
tf.zeros('a')
tf.zeros(tf.TensorShape([2]))
tf.zeros([tf.constant(2),3])
tf.ones([2],tf.complex64)
tf.ones([2],tf.string)
tf.zeros_like(i)
tf.zeros_like([1,2.],dtype=tf.int64)
tf.zeros_like(tf.constant(['a']))
tf.ones_like(a,dtype=tf.bool)
tf.range(3)
tf.range(3.)
tf.range(1,5,2)
tf.range(5,1,-2)
tf.range(5,1)
tf.range(1,5,0)
tf.range(0.,1.,.25)
tf.range(0,1,.25)
tf.range(3,dtype=tf.float32)
tf.range(3,delta=2)
tf.range(tf.constant(3,tf.int64))
tf.range(tf.constant(3,tf.int64),5)
tf.range(0,tf.constant(3.))
tf.range(2.5)
tf.range([3])
tf.range(np.float64(2))
tf.range(np.int64(2))
tf.range(3,dtype=tf.bool)
tf.range(2**40,2**40+2)
tf.range(0, 3, tf.constant(1,tf.float16))
tf.linspace(0.,1.,5)
tf.linspace(0,1,5)
tf.linspace(0,10,5)
tf.linspace(0.,1.,1)
tf.linspace(0.,1.,0)
tf.linspace(0.,1.,-1)
tf.linspace([0.,1.],[1.,5.],3)
tf.linspace([0.,1.],[1.,5.],3,axis=1)
tf.linspace([0.,1.],[1.,5.],3,axis=-1)
tf.linspace([0.,1.],[1.,5.],3,axis=2)
tf.linspace(0.,1,3)
tf.linspace(tf.constant(0.),tf.constant(1.,tf.float64),3)
tf.linspace(0.,[1.,2.],3)
tf.linspace(0.,1.,2)
tf.linspace(0.,1.,3.5)
tf.linspace(0.,1.,tf.constant(3))
tf.linspace(tf.constant(0,tf.complex64),tf.constant(1,tf.complex64),3)
tf.shape(x)
tf.shape(x,out_type=tf.int64)
tf.shape(x,out_type=tf.float32)
tf.shape(1.)
tf.shape([[1],[2]])
tf.shape_n([a,m])
tf.size(x)
tf.size(x,out_type=tf.int64)
tf.rank(x)
tf.rank([1])
tf.broadcast_static_shape(tf.TensorShape([2,1]),tf.TensorShape([3]))
tf.broadcast_static_shape(tf.TensorShape([2,None]),tf.TensorShape([3]))
tf.broadcast_static_shape(tf.TensorShape([2]),tf.TensorShape([3]))
tf.broadcast_static_shape(tf.TensorShape(None),tf.TensorShape([3]))
tf.broadcast_dynamic_shape([2,1],[3])
tf.broadcast_dynamic_shape([2],[3])
tf.broadcast_dynamic_shape(tf.constant([2,1],tf.int64),tf.constant([3],tf.int64))
tf.ensure_shape(x,[2,None,4])
tf.ensure_shape(x,[2,None,5])
tf.ensure_shape(x,[2,None])
tf.ensure_shape(x,None)
tf.ensure_shape(a,3)
tf.where([True,False],[1.,2.],[3.,4.])
tf.where([True,False],1.,2.)
tf.where([True,False],1,2.)
tf.where([True,False],1,2)
tf.where([True,False],a[:2],0)
tf.where([True,False],a[:2],0.)
tf.where([True,False],i[:2],0.)
tf.where([True,False],1.,i[:2])
tf.where([True,False])
tf.where([[True,False],[True,True]])
tf.where([1,0])
tf.where([1.,0.,np.nan])
tf.where(True)
tf.where([1,0],1.,2.)
tf.where([True,False,True],[1.,2.],[3.,4.])
tf.where([True],1.)
tf.where([True,False],[1.,2.],[[3.],[4.]])
tf.where(True,a,i)
tf.where(['a',''])
tf.where([True,False],'a','b')
tf.where(True,a,z)
tf.boolean_mask(m,[True,False])
tf.boolean_mask(m,[True,False,True],axis=1)
tf.boolean_mask(m,[True,False,True])
tf.boolean_mask(m,[[True,False,True],[False,True,True]])
tf.boolean_mask(m,True)
tf.boolean_mask(m,[1,0])
tf.boolean_mask(m,[True,False],axis=2)
tf.boolean_mask(m,[[True,False,True],[False,True,True]],axis=1)
tf.boolean_mask([1,2,3],np.array([True,False,True]))
tf.slice(m,[0,1],[2,2])
tf.slice(m,[0,1],[-1,-1])
tf.slice(m,[0,1],[2,3])
tf.slice(m,[0,4],[1,0])
tf.slice(m,[0,3],[1,0])
tf.slice(m,[0,-1],[1,1])
tf.slice(m,[0],[1])
tf.slice(m,[0,1],[1])
tf.slice(m,[0,0.],[1,1])
tf.slice(m,[0,1],tf.constant([1,-2]))
tf.slice(m,tf.constant([0,1],tf.int64),[1,1])
tf.strided_slice(m,[0],[1])
tf.strided_slice(m,[0,0],[2,3],[1,2])
tf.strided_slice(m,[0,2],[2,0],[1,-1])
tf.strided_slice(m,[1,2],[0,0],[-1,-1],begin_mask=1,end_mask=2)
tf.strided_slice(m,[1],[2],[1],shrink_axis_mask=1)
tf.strided_slice(m,[1,0],[2,0],[1,1],ellipsis_mask=2)
tf.strided_slice(m,[1,0],[2,0],[1,1],new_axis_mask=2)
tf.strided_slice(m,[0],[1],[0])
tf.strided_slice(m,[0,0,0],[1,1,1])
tf.strided_slice(m,[0],[1,1])
tf.strided_slice(m,[5],[6],[1],shrink_axis_mask=1)
tf.strided_slice(m,[0,0],[1,1],ellipsis_mask=3)
tf.gather(a,[0,2])
tf.gather(a,[0,3])
tf.gather(a,[-1])
tf.gather(a,1)
tf.gather(m,[0,2],axis=1)
tf.gather(m,[0,2],axis=-1)
tf.gather(m,[0],axis=2)
tf.gather(m,[[0,2],[1,1]],axis=1)
tf.gather(m,[[0,2],[1,1]],axis=1,batch_dims=1)
tf.gather(m,[[0,2],[1,1]],batch_dims=1)
tf.gather(m,[0,2],batch_dims=1)
tf.gather(m,[[0,2],[1,1]],batch_dims=-1)
tf.gather(m,[[0,2],[1,1]],axis=0,batch_dims=1)
tf.gather(m,[[0,2],[1,1],[1,1]],batch_dims=1)
tf.gather(m,[[0,2],[1,1]],batch_dims=3)
tf.gather(a,[0.,1.])
tf.gather(tf.constant(1.),0)
tf.gather(x,[[0,1],[1,0]],axis=2,batch_dims=1)
tf.gather(a,[])
tf.gather(a,tf.constant([0],tf.int64))
tf.gather(a,tf.constant([0],tf.int16))
tf.gather(a,[0],axis=tf.constant(0))
tf.gather(a,[0],axis=1.)
tf.gather([1,2,3],[2])
tf.gather(tf.zeros([0]),[0])
tf.gather(tf.zeros([0]),tf.zeros([0],tf.int32))
tf.gather_nd(m,[[0,1],[1,2]])
tf.gather_nd(m,[[0],[1]])
tf.gather_nd(m,[0,1])
tf.gather_nd(m,[[0,3]])
tf.gather_nd(m,[[0,-1]])
tf.gather_nd(m,[[0,0,0]])
tf.gather_nd(m,tf.zeros([2,0],tf.int32))
tf.gather_nd(m,0)
tf.gather_nd(m,[[0],[1]],batch_dims=1)
tf.gather_nd(x,[[[0],[1]],[[2],[1]]],batch_dims=1)
tf.gather_nd(x,[[0,1],[2,3]],batch_dims=1)
tf.gather_nd(x,[[0],[1],[1]],batch_dims=1)
tf.gather_nd(m,[[0.,1.]])
tf.gather_nd(x,[[0],[1]],batch_dims=2)
tf.gather_nd(m,[[0,3]],bad_indices_policy='IGNORE')
tf.gather_nd(m,[[0,3]],bad_indices_policy='ERROR')
tf.scatter_nd([[0],[2],[0]],[1.,2.,3.],[4])
tf.scatter_nd([[0,1]],[5.],[2,3])
tf.scatter_nd([[0]],[[1.,2.]],[2,2])
tf.scatter_nd([[5]],[1.],[4])
tf.scatter_nd([[-1]],[1.],[4])
tf.scatter_nd([[0]],[1.,2.],[4])
tf.scatter_nd([[0]],[[1.,2.]],[2,3])
tf.scatter_nd([[0,0,0]],[1.],[2,2])
tf.scatter_nd([[0]],[1.],[2,-1])
tf.scatter_nd([[0.]],[1.],[2])
tf.scatter_nd([0],[1.],[2])
tf.scatter_nd([0],1.,[2])
tf.scatter_nd([[0]],[True],[2])
tf.scatter_nd([[0],[0]],[1,2],[2])
tf.scatter_nd(tf.zeros([0,1],tf.int32),tf.zeros([0]),[2])
tf.scatter_nd([[5]],[1.],[4],bad_indices_policy='IGNORE')
tf.tensor_scatter_nd_add(a,[[0],[0]],[1.,2.])
tf.tensor_scatter_nd_sub(a,[[0],[0]],[1.,2.])
tf.tensor_scatter_nd_update(a,[[0],[0]],[1.,2.])
tf.tensor_scatter_nd_min(a,[[0],[0]],[-1.,-2.])
tf.tensor_scatter_nd_max(a,[[0],[0]],[1.,5.])
tf.tensor_scatter_nd_update(m,[[0]],[[7.,8.,9.]])
tf.tensor_scatter_nd_update(m,[[0]],[7.,8.,9.])
tf.tensor_scatter_nd_update(m,[[2]],[[7.,8.,9.]])
tf.tensor_scatter_nd_update(m,[[0,0]],[1])
tf.tensor_scatter_nd_update(m,[[0,0]],tf.constant([1]))
tf.tensor_scatter_nd_update(tf.constant([True,False]),[[0]],[False])
tf.tensor_scatter_nd_update(tf.constant(['a','b']),[[0]],['c'])
tf.tensor_scatter_nd_add(m,[[0,0]],tf.constant(1.))
tf.tensor_scatter_nd_add(m,[[-1,0]],[1.])
tf.tensor_scatter_nd_add(tf.constant(1.),[[0]],[1.])
tf.dynamic_partition(a,[0,1,0],2)
tf.dynamic_partition(m,[1,0],3)
tf.dynamic_partition(m,[[1,0,1],[0,0,1]],2)
tf.dynamic_partition(a,[0,2,0],2)
tf.dynamic_partition(a,[0,1],2)
tf.dynamic_partition(a,[0.,1.,0.],2)
tf.dynamic_partition(a,[0,1,0],0)
tf.dynamic_partition(a,0,2)
tf.dynamic_stitch([[0,2],[1]],[[1.,3.],[2.]])
tf.dynamic_stitch([[0,2],[0]],[[1.,3.],[2.]])
tf.dynamic_stitch([0,[1]],[[1.,3.],[[2.,4.]]])
tf.dynamic_stitch([[0]],[[1.,3.]])
tf.dynamic_stitch([[-1]],[[1.]])
tf.dynamic_stitch([[0],[1]],[[1.]])
tf.dynamic_stitch([],[])
tf.dynamic_stitch([[3]],[[1.]])
tf.searchsorted([1.,3.,5.],[0.,3.,4.,9.])
tf.searchsorted([1.,3.,5.],[0.,3.,4.,9.],side='right')
tf.searchsorted([1.,3.,5.],3.)
tf.searchsorted([[1.,3.],[2.,4.]],[[2.],[3.]])
tf.searchsorted([[1.,3.],[2.,4.]],[2.,3.])
tf.searchsorted([[1.,3.],[2.,4.]],[[2.],[3.],[4.]])
tf.searchsorted([1.,3.],[2.],side='foo')
tf.searchsorted([1.,3.],[2.],out_type=tf.int64)
tf.searchsorted([1.,3.],[2.],out_type=tf.float32)
tf.searchsorted([1.,3.],[[2.],[4.]])
tf.searchsorted(1.,[2.])
tf.histogram_fixed_width([-1.,0.,1.5,2.,5.,15.],[0.,5.],nbins=5)
tf.histogram_fixed_width_bins([-1.,0.,1.5,2.,5.,15.],[0.,5.],nbins=5)
tf.histogram_fixed_width([-1.,0.],[0.,5.],nbins=5,dtype=tf.int64)
tf.histogram_fixed_width([-1.,0.],[5.,0.],nbins=5)
tf.histogram_fixed_width([-1.,0.],[0.,5.],nbins=0)
tf.histogram_fixed_width_bins([-1.,0.],[0.,5.],nbins=0)
tf.histogram_fixed_width_bins([-1.,0.],[0.,5.,3.])
tf.histogram_fixed_width([np.nan,1.],[0.,5.],nbins=5)
tf.histogram_fixed_width_bins([.1,.2,.3,.7,.99],[0.,1.],nbins=10)
tf.histogram_fixed_width([1,2],[0.,5.],nbins=5)
tf.histogram_fixed_width([1,2],[0,5],nbins=2)
tf.histogram_fixed_width_bins(tf.constant([1.,2.],tf.float64),tf.constant([0.,5.],tf.float64),nbins=2)
tf.histogram_fixed_width([],[0.,5.],nbins=2)
tf.unravel_index([2,5,7],[3,3])
tf.unravel_index(4,[3,3])
tf.unravel_index([9],[3,3])
tf.unravel_index([[1,2]],[3,3])
tf.unravel_index(tf.constant([1],tf.int64),tf.constant([3,3],tf.int64))
tf.unravel_index([1],tf.constant([3,3],tf.int64))
tf.unravel_index([1.],[3,3])
tf.unravel_index([1],3)
tf.unravel_index([1],[0,3])
tf.identity_n([a,m])
tf.required_space_to_batch_paddings([5,7],[2,3])
tf.required_space_to_batch_paddings([5,7],[2,3],[[1,0],[0,1]])
tf.required_space_to_batch_paddings([5,7],[2])
tf.reverse_sequence(m,[2,3],seq_axis=1,batch_axis=0)
tf.reverse_sequence(m,[2,4],seq_axis=1,batch_axis=0)
tf.reverse_sequence(m,[2],seq_axis=1,batch_axis=0)
tf.reverse_sequence(m,[1,2,1],seq_axis=0,batch_axis=1)
tf.reverse_sequence(m,[2,2],seq_axis=0,batch_axis=0)
tf.reverse_sequence(m,[2,2],seq_axis=2,batch_axis=0)
tf.reverse_sequence(m,[2,2],seq_axis=1)
tf.reverse_sequence(m,[2,2])
tf.reverse_sequence(m,[2,-2],seq_axis=1)
tf.reverse_sequence(m,[2.,2.],seq_axis=1)
tf.reverse_sequence(m,[2,2],seq_axis=-1,batch_axis=0)
tf.reverse_sequence(m,[0,1],seq_axis=1,batch_axis=0)
tf.identity(3)
tf.reshape(a,[2,2])
tf.broadcast_to(a,[2])
tf.range(0.0, 1.0, 0.1)
tf.range(-1.0, 1.0, 0.3)
tf.range(1.0, 0.0, -0.1)
tf.range(0.0, 10.0, 0.7)
tf.range(tf.constant(0, tf.float16), 5, tf.constant(0.3, tf.float16))
tf.range(0, 1, 0.1, dtype=tf.float64)
tf.linspace(0.1, 0.9, 7)
tf.linspace(-3.0, 11.0, 13)
tf.linspace(tf.constant(0.1, tf.float64), 0.9, 7)
tf.linspace([0.0, 3.0], [[1.0], [2.0]], 4, axis=1)
tf.histogram_fixed_width(tf.linspace(-1.0, 2.0, 97), [0.0, 1.0], nbins=7)
tf.histogram_fixed_width_bins(tf.linspace(0.0, 1.0, 41), [0.0, 1.0], nbins=40)
tf.searchsorted([[1, 3, 5], [2, 2, 2]], [[0, 3, 4], [1, 2, 3]], side='right')
tf.one_hot([[0, 1], [2, -1]], 3, on_value=2.0, off_value=-1.0, axis=1)
tf.required_space_to_batch_paddings([3, 4], [2, 2], [[1, 1], [0, 1]])
""".strip().splitlines()

KEYS = r"""
x[2]
x[-3]
x[0,0,0,0]
x[...,...]
x[1.0]
x['a']
x[None]
x[tf.newaxis,...,None]
x[0:5]
x[5:9]
x[::0]
x[::-1]
x[2:0:-1]
x[1:0]
x[True]
x[tf.constant(True)]
x[[0,1]]
x[[1]]
x[(0,1)]
x[[0,1],:]
x[np.array([0,1])]
x[np.array(1)]
x[np.int64(1)]
x[tf.constant(1)]
x[tf.constant(1,tf.int64)]
x[tf.constant(1):]
x[tf.constant([0,1])]
x[tf.constant([0])]
x[x>3]
x[x[:,0,0]>3]
x[x>3, 0]
x[np.array([True,False])]
x[[True,False]]
x[np.array([True,False,True])]
x[tf.constant([True,False])]
x[...,0]
x[0,...]
s[...]
s[()]
s[0]
s[:]
s[None]
x[0.:1]
x[:1.0]
x[None:None]
x['a':]
x[tf.constant(1.0)]
x[tf.constant(1.0):]
x[1:2,]
v[2]
v[0]
v[v>3]
v[[True,False]]
v[np.array([True,False])]
x[-1]
x[:, -4:-1]
x[0:tf.constant([1])]
x[v]
x[2,5]
x[:,3]
x[:, :, -5]
x[tf.constant(7)]
x[np.array([1])]
x[2**40]
x[0:2**40]
x[-2**40:]
x[None, None, 0, None]
x[slice(1)]
x[range(2)]
x[tf.Variable(1)]
x[tf.Variable(1):]
x[0][1][2]
x[...,tf.newaxis,0]
x[tf.constant(1,tf.uint8)]
x[np.uint8(1)]
x[tf.constant(1,tf.int16)]
x[tf.constant(1,tf.int16):tf.constant(2,tf.int64)]
tf.constant(['a','b'])[0]
x[{}]
x[0,True]
x[:,True]
x[False]
tf.constant([1,2,3])[3]
x[...,0,0,0,0]
x[0,0,0,...]
x[0,0,0,None]
x[tf.constant(3):]
x[x>100]
""".strip().splitlines()

VARIABLES = r"""
v[0].assign([9.,8.,7.])
v[0].assign(9.)
v[:, 0].assign([9.,8.])
v[:,0:1].assign([9.,8.])
v[0:2].assign([1.,2.,3.])
v[::-1].assign([[1.,2.,3.],[4.,5.,6.]])
v[0].assign([1,2,3])
v[0].assign([[9.,8.,7.]])
v[None].assign([[[9.,8.,7.],[1,1,1]]])
v[5].assign(3.)
v[0].assign(tf.constant([1,2,3]))
v[...].assign(tf.ones([2,3]))
v[0:1].assign([[1.,2.,3.]])
v[0:0].assign(tf.ones([0,3]))
v[0].assign('a')
v[0][1].assign(1.)
v[v>3].assign(1.)
v[0].assign([1.,2.])
v[:, tf.constant(0)].assign([5.,5.])
v[0].assign(np.ones(3))
w.scatter_add(IS([1.,2.],[0,0],[4]))
w.scatter_sub(IS([1.,2.],[0,1]))
w.scatter_mul(IS([2.,3.],[0,0]))
w.scatter_div(IS([2.,4.],[0,0]))
w.scatter_max(IS([2.,9.],[0,1]))
w.scatter_min(IS([2.,0.],[0,1]))
w.scatter_update(IS([2.,9.],[1,1]))
w.scatter_update(IS([2.,9.],[1,7]))
w.scatter_update(IS([2.,9.],[1,-1]))
w.scatter_add([1.])
w.scatter_add(IS([1,2],[0,1]))
w.scatter_add(IS([1.,2.,3.],[0,1]))
w.scatter_add(IS(5.,[0,1]))
w.scatter_add(IS([1.],0))
w.scatter_add(IS(1.,0))
v.scatter_add(IS([[1.,1,1]],[1]))
v.scatter_add(IS([1.,1,1],1))
v.scatter_add(IS([1.,1],[0,1]))
v.scatter_add(IS(7.,[0,1]))
v.scatter_add(IS([[1.,1.,1.]],tf.constant([1],tf.int64)))
v.scatter_nd_add([[0,1],[0,1]],[1.,2.])
v.scatter_nd_sub([[0]],[[1.,2.,3.]])
v.scatter_nd_update([[0,0],[1,2]],[-1.,-2.])
v.scatter_nd_min([[0,0],[1,2]],[-1.,-2.])
v.scatter_nd_max([[0,0],[1,2]],[10.,-2.])
v.scatter_nd_add([[0,5]],[1.])
v.scatter_nd_add([0,1],1.)
v.scatter_nd_add([[0,1,2]],[1.])
v.scatter_nd_add([[0,1]],[[1.]])
v.scatter_nd_add([[0,1]],1.)
v.batch_scatter_update(IS([[9.],[8.]],[[1],[2]]))
w.batch_scatter_update(IS([9.,8.],[1,2]))
v.gather_nd([[0,1]])
v.sparse_read([1])
v.sparse_read([7])
iv.count_up_to(5)
tf.Variable(3).count_up_to(5)
tf.Variable(5).count_up_to(5)
tf.Variable(3.).count_up_to(5)
v.gather_nd([[0,9]])
tf.Variable([True,False]).scatter_update(IS([True],[1]))
iv.scatter_div(IS([2],[2]))
iv.scatter_div(IS([0],[2]))
iv.scatter_add(IS([1.],[0]))
w.scatter_add(IS([1.,2.],[0.,1.]))
w.scatter_add(IS([[1.],[2.]],[0,1]))
""".strip().splitlines()

GRADIENTS = r"""
grad(lambda x: tf.gather(x, [0, 2, 0]), [1.0, 2.0, 3.0])
grad(lambda x: tf.gather(x, [[0, 2], [0, 1]]), [1.0, 2.0, 3.0])
grad(lambda x: tf.gather(x, [1], axis=1), [[1.0, 2.0], [3.0, 4.0]])
grad(lambda x: tf.gather(x, [[1], [0]], batch_dims=1), [[1.0, 2.0], [3.0, 4.0]])
grad(lambda x: tf.gather_nd(x, [[1, 0]]), [[1.0, 2.0], [3.0, 4.0]])
grad(lambda x: x[0], [[1.0, 2.0], [3.0, 4.0]])
grad(lambda x: x[x > 2], [[1.0, 2.0], [3.0, 4.0]])
grad(lambda x: tf.boolean_mask(x, [True, False]), [[1.0, 2.0], [3.0, 4.0]])
grad(lambda x: tf.repeat(x, [2, 1], axis=0), [1.0, 2.0])
grad(lambda x: tf.repeat(x, 3), [1.0, 2.0])
grad(lambda x: tf.pad(x, [[2, 1]], 'REFLECT') * [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [1.0, 2.0, 3.0])
grad(lambda x: tf.pad(x, [[2, 3]], 'SYMMETRIC') * tf.range(8.0), [1.0, 2.0, 3.0])
grad(lambda x: tf.pad(x, [[1, 1]], constant_values=7.0), [1.0, 2.0])
grad(lambda x: tf.tile(x, [2, 3]), [[1.0, 2.0]])
grad(lambda x: tf.roll(x, 1, 0) * [1.0, 2.0, 3.0], [1.0, 2.0, 3.0])
grad(lambda x: tf.reverse(x, [0]) * [1.0, 2.0, 3.0], [1.0, 2.0, 3.0])
grad(lambda x: tf.unstack(x)[1], [[1.0, 2.0], [3.0, 4.0]])
grad(lambda x: tf.split(x, [1, 2])[1], [1.0, 2.0, 3.0])
grad(lambda x: tf.concat([x, x * 2.0], 0), [1.0, 2.0])
grad(lambda x: tf.stack([x, x * 2.0], 1), [1.0, 2.0])
grad(lambda x: tf.tensor_scatter_nd_add(x, [[0], [0]], [1.0, 2.0]), [1.0, 2.0])
grad(lambda x: tf.tensor_scatter_nd_update(x, [[0]], [1.0]), [1.0, 2.0])
grad(lambda x: tf.tensor_scatter_nd_max(x, [[0], [0], [1]], [1.0, 1.0, 5.0]), [1.0, 2.0])
grad(lambda u: tf.tensor_scatter_nd_max([1.0, 2.0], [[0], [0], [1]], u), [1.0, 1.0, 5.0])
grad(lambda u: tf.tensor_scatter_nd_min([1.0, 2.0], [[0], [0], [1]], u), [1.0, 0.5, 5.0])
grad(lambda u: tf.tensor_scatter_nd_sub([1.0, 2.0], [[0], [0]], u), [1.0, 1.0])
grad(lambda u: tf.scatter_nd([[1], [1], [3]], u, [4]) * [1.0, 2.0, 3.0, 4.0], [1.0, 1.0, 5.0])
grad(lambda x: tf.dynamic_stitch([[0, 2], [1]], [x, [5.0]]) * [1.0, 2.0, 3.0], [1.0, 2.0])
grad(lambda x: tf.dynamic_partition(x, [0, 1, 0], 2)[0], [1.0, 2.0, 3.0])
grad(lambda x: tf.where([True, False], x, 2.0), [1.0, 2.0])
grad(lambda x: tf.where([True, False], x, x * x), [1.0, 3.0])
grad(lambda x: tf.reverse_sequence(x, [1, 2], seq_axis=1) * [[1.0, 2.0], [3.0, 4.0]], [[1.0, 2.0], [3.0, 4.0]])
grad(lambda x: tf.linspace(x, 2.0, 4) * [1.0, 2.0, 3.0, 4.0], 1.0)
grad(lambda x: tf.fill([2, 3], x), 1.0)
grad(lambda x: tf.strided_slice(x, [0], [3], [2]), [1.0, 2.0, 3.0])
grad(lambda x: tf.slice(x, [1], [2]), [1.0, 2.0, 3.0])
grad(lambda x: tf.one_hot([0, 1], 2) * x, 2.0)
grad(lambda x: tf.convert_to_tensor([x, 2.0 * x]), 2.0)
grad(lambda x: tf.broadcast_to(x, [2, 3]), [1.0, 2.0, 3.0])
grad(lambda x: tf.meshgrid(x, [1.0, 2.0])[0], [1.0, 2.0, 3.0])
grad(lambda x: tf.expand_dims(tf.squeeze(tf.transpose(x)), 0), [[1.0, 2.0, 3.0]])
grad(lambda x: tf.gather(tf.identity(x), [1]), [1.0, 2.0])
grad(lambda x: tf.gather(x, [1]) + x, [1.0, 2.0])
""".strip().splitlines()


def names(tf: Any) -> dict:
    """What the calls may name, made anew for each."""

    def grad(function: Any, value: Any) -> Any:
        v = tf.Variable(value)
        with tf.GradientTape() as tape:
            y = function(v)
        return tape.gradient(y, v)

    x = tf.reshape(tf.range(24.0), [2, 3, 4])
    return {
        "tf": tf, "np": np, "grad": grad, "IS": tf.IndexedSlices, "x": x, "a": tf.constant([1.0, 2.0, 3.0]), "i": tf.constant([1, 2, 3]),
        "m": tf.reshape(tf.range(6.0), [2, 3]), "z": tf.constant(1 + 2j), "s": tf.constant(5.0),
    }  # fmt: skip


def variables(tf: Any) -> dict:
    return {
        "v": tf.Variable(tf.reshape(tf.range(6.0), [2, 3])),
        "w": tf.Variable([1.0, 2.0, 3.0, 4.0]),
        "iv": tf.Variable([1, 2, 3]),
    }


def outcome(tf: Any, call: str) -> Any:
    """A description of what a call gives that JSON can hold."""
    changed = variables(tf)
    try:
        result = described(tf, eval(call, {**names(tf), **changed}))
    except Exception as error:  # noqa: BLE001  # whatever it is, it is what the call gives
        result = {"raises": type(error).__name__}
    return {"result": result, **{name: v.numpy().tolist() for name, v in changed.items()}} if call in VARIABLES else result


def described(tf: Any, x: Any) -> Any:
    if isinstance(x, (list, tuple)) and not isinstance(x, tf.TensorShape):
        return [described(tf, v) for v in x]
    if isinstance(x, tf.IndexedSlices):
        return {"slices": [described(tf, x.values), described(tf, x.indices)]}
    if isinstance(x, (tf.Tensor, tf.Variable)):
        value = x.numpy()
        value = np.asarray(value, np.float64 if x.dtype in (tf.float16, tf.float32) else None)
        return {"dtype": x.dtype.name, "shape": list(x.shape), "value": plain(value)}
    return repr(x)


def plain(value: np.ndarray) -> Any:
    if value.dtype.kind == "c":
        return [value.real.tolist(), value.imag.tolist()]
    return [str(v) for v in value.ravel()] if value.dtype.kind in "OS" else value.tolist()
