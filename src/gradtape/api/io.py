"""tf.io."""

from . import gfile as gfile
from .image_codec import decode_and_crop_jpeg as decode_and_crop_jpeg
from .image_codec import decode_bmp as decode_bmp
from .image_codec import decode_gif as decode_gif
from .image_codec import decode_image as decode_image
from .image_codec import decode_jpeg as decode_jpeg
from .image_codec import decode_png as decode_png
from .image_codec import decode_webp as decode_webp
from .image_codec import encode_jpeg as encode_jpeg
from .image_codec import encode_png as encode_png
from .image_codec import extract_jpeg_shape as extract_jpeg_shape
from .image_codec import is_jpeg as is_jpeg
from .io_files import match_filenames_once as match_filenames_once
from .io_files import matching_files as matching_files
from .io_files import read_file as read_file
from .io_files import write_file as write_file
from .io_values import decode_base64 as decode_base64
from .io_values import decode_compressed as decode_compressed
from .io_values import decode_csv as decode_csv
from .io_values import decode_raw as decode_raw
from .io_values import encode_base64 as encode_base64
from .io_values import parse_tensor as parse_tensor
from .io_values import serialize_tensor as serialize_tensor
