"""tf.image."""

from .image_color import convert_image_dtype as convert_image_dtype
from .image_color import grayscale_to_rgb as grayscale_to_rgb
from .image_color import hsv_to_rgb as hsv_to_rgb
from .image_color import rgb_to_grayscale as rgb_to_grayscale
from .image_color import rgb_to_hsv as rgb_to_hsv
from .image_color import rgb_to_yiq as rgb_to_yiq
from .image_color import rgb_to_yuv as rgb_to_yuv
from .image_color import yiq_to_rgb as yiq_to_rgb
from .image_color import yuv_to_rgb as yuv_to_rgb
from .image_measure import image_gradients as image_gradients
from .image_measure import sobel_edges as sobel_edges
from .image_measure import total_variation as total_variation
from .image_resize import ResizeMethod as ResizeMethod
from .image_resize import resize as resize
from .nn_space import extract_patches as extract_patches
