"""tf.strings: strings of bytes, which tensors hold like numbers.

TensorFlow's names, re-exported one by one; nothing else stands here.
"""

from .strings_hash import to_hash_bucket as to_hash_bucket
from .strings_hash import to_hash_bucket_fast as to_hash_bucket_fast
from .strings_hash import to_hash_bucket_strong as to_hash_bucket_strong
from .strings_patterns import regex_full_match as regex_full_match
from .strings_patterns import regex_replace as regex_replace
from .strings_pieces import bytes_split as bytes_split
from .strings_pieces import ngrams as ngrams
from .strings_pieces import split as split
from .strings_plain import as_string as as_string
from .strings_plain import format as format
from .strings_plain import join as join
from .strings_plain import length as length
from .strings_plain import lower as lower
from .strings_plain import reduce_join as reduce_join
from .strings_plain import strip as strip
from .strings_plain import substr as substr
from .strings_plain import to_number as to_number
from .strings_plain import unsorted_segment_join as unsorted_segment_join
from .strings_plain import upper as upper
from .strings_unicode import unicode_decode as unicode_decode
from .strings_unicode import unicode_decode_with_offsets as unicode_decode_with_offsets
from .strings_unicode import unicode_encode as unicode_encode
from .strings_unicode import unicode_script as unicode_script
from .strings_unicode import unicode_split as unicode_split
from .strings_unicode import unicode_split_with_offsets as unicode_split_with_offsets
from .strings_unicode import unicode_transcode as unicode_transcode
