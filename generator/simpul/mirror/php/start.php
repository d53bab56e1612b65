<?php
/*
 * simpul-mirror.php menjaga salinan portal di folder tempat berkas ini berada.
 * Taruh di folder kosong, buka alamatnya, lalu jadwalkan lewat menu Cron Jobs. Panduannya ada di portal.
 *
 * A copy of the portal in the folder of this file. Whoever opens its address lets it work for some seconds; what
 * is left to do is noted in .simpul/ and done by the next call. Nothing that a caller sends is looked at.
 * Everything installed is signed by the publisher (TUF, Ed25519) and verified before the first file changes.
 *
 * The syntax is that of PHP 5.6, so that an old PHP can still read far enough to say that it is too old.
 */

namespace SimpulMirror;

const VERSION = 'php-1';
const ROOTS = '{}';
const SOURCE = '';

const SETTINGS = 'simpul-mirror.txt';
const STEP = 20.0;    // seconds of work in one call: hosts end a call after 30
const BETWEEN = 3.0;  // seconds between two looks at a source
const REPORT = 'Tidak ada yang dipasang. Coba sumber lain; bila terulang, beri tahu pengelola portal pusat';
const LATER = 'Salinan lama tetap disajikan; buka alamat ini lagi dan pekerjaan dilanjutkan';

const CLI = PHP_SAPI === 'cli';

if (!CLI) {
    header('Content-Type: text/plain; charset=utf-8');
    header('Cache-Control: no-store');
    header('X-Robots-Tag: noindex');
    header('X-Content-Type-Options: nosniff');
}

/** What this host lacks, as a sentence with what to ask for; '' when nothing is missing. */
function lacking()
{
    $ask = ' Minta penyedia hosting mengaktifkannya (di cPanel: menu Select PHP Version), lalu buka alamat ini lagi.';
    if (PHP_VERSION_ID < 70400) {
        return 'Program ini perlu PHP 7.4 atau lebih baru; yang dipakai sekarang ' . PHP_VERSION . '. '
            . 'Pilih PHP yang lebih baru di panel hosting (di cPanel: menu Select PHP Version), '
            . 'lalu buka alamat ini lagi.';
    }
    if (!function_exists('sodium_crypto_sign_verify_detached')) {
        return 'PHP di hosting ini belum memuat ekstensi sodium, yang diperlukan untuk memeriksa tanda tangan.' . $ask;
    }
    if (!function_exists('inflate_init')) {
        return 'PHP di hosting ini belum memuat ekstensi zlib, yang diperlukan untuk membuka paket.' . $ask;
    }
    if (!function_exists('curl_exec') && !function_exists('stream_socket_client')) {
        return 'PHP di hosting ini tidak boleh menghubungi alamat lain: ekstensi curl belum dimuat.' . $ask;
    }
    return '';
}

if (lacking() !== '') {
    echo lacking(), "\n";
    exit(1);
}
