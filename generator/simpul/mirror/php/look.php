<?php

const LOOKED = OWN . '/periksa.json';
const FOREIGN = OWN . '/asing.php';
const HASHING = 3.0;  // seconds for hashing in one look

/** Files of the release that are not as installed: all by size, and at each look some by hash. */
function damaged_files($disk, $tree)
{
    $damaged = [];
    foreach ($tree as $path => $file) {
        if ($disk->size((string) $path) !== size_of($file)) {
            $damaged[] = (string) $path;
        }
    }
    $paths = array_map('strval', array_keys($tree));
    $note = record($disk, LOOKED, ['nomor' => 0, 'dibaca' => 0, 'penuh' => '']);
    $at = $note['nomor'];
    $clock = new Clock(HASHING);
    for ($count = count($paths), $looked = 0; $looked < $count && $clock->left() > 0; $looked++) {
        $at = ($at + 1) % $count;
        if (!$disk->equals($paths[$at], [$tree[$paths[$at]]])) {
            $damaged[] = $paths[$at];
        }
    }
    $read = $note['dibaca'] + $looked;
    $disk->store(LOOKED, json_encode(['nomor' => $at, 'dibaca' => $read < $count ? $read : 0,
        'penuh' => $read < $count ? $note['penuh'] : now()]));
    return array_values(array_unique($damaged));
}

/** Files in the folder that are neither of the release nor of this program; they may be someone else's pages. */
function foreign_files($disk, $tree, $folder = '')
{
    $found = [];
    foreach ($disk->names($folder) as $name) {
        $path = $folder === '' ? $name : "$folder/$name";
        $known = $folder === '' && in_array($name, [OWN, STATUS, SETTINGS, basename(__FILE__), '.htaccess',
            '.user.ini', 'error_log'], true);
        if ($known || isset($tree[$path])) {
            continue;
        }
        $place = $disk->root() . "/$path";
        $found = array_merge($found, is_dir($place) && !is_link($place) ? foreign_files($disk, $tree, $path) : [$path]);
    }
    return $found;
}

/** What a look found, for the centre and the owner. */
function report($disk, $state, $tree, $mended)
{
    $foreign = foreign_files($disk, $tree);
    tell_foreign($disk, $foreign);
    $status = [
        'rilis' => $state['release'], 'tanggal' => $state['date'], 'janji_hari' => $state['promise'],
        'pohon' => $foreign ? hash('sha256', encode_tree($tree) . implode("\n", $foreign)) : $state['tree'],
        'root' => read_seen($disk)['root'], 'diperiksa' => now(), 'klien' => VERSION, 'utuh' => !$foreign,
        'dilihat' => now(), 'dihitung' => record($disk, LOOKED, ['penuh' => ''])['penuh'], 'diperbaiki' => $mended,
        'rusak' => 0, 'asing' => count($foreign),
        'berkas_asing' => array_slice(array_values(array_filter($foreign, 'SimpulMirror\a_page')), 0, 20),
    ];
    write_status($disk, $status);
}

/** The public note by which the centre can see how old this copy is. A foreign file of that name stays. */
function write_status($disk, $status)
{
    if (!read_status($disk) && $disk->size(STATUS)) {
        tell(STATUS . ' di folder ini bukan catatan salinan dan dibiarkan. Pindahkan berkas itu agar pusat dapat '
            . 'melihat umur salinan ini.');
    } elseif (lasting(json_decode((string) $disk->read(STATUS), true)) !== lasting($status)) {
        $disk->store(STATUS, json_encode($status, JSON_INVALID_UTF8_SUBSTITUTE));
    }
}

/** A status but for the time of day, so that it is written once a day while nothing changes. */
function lasting($status)
{
    foreach (['diperiksa', 'dilihat', 'dihitung'] as $name) {
        $time = isset($status[$name]) ? $status[$name] : '';
        $status[$name] = is_string($time) ? substr($time, 0, 10) : '';
    }
    return $status;
}

/** Whether readers may meet it. Of other files, such as a host's backups, the world learns no names. */
function a_page($path)
{
    return preg_match('/\.(html?|xhtml|shtml|php|phtml|aspx?|jsp|js|svg|xml|txt|pdf)\z/i', $path)
        && !preg_match('#(\A|/)\.(?!well-known/)#', $path);
}

/** Tells how many there are; their names are for who may read the folder, not for every caller. */
function tell_foreign($disk, $found)
{
    $text = "<?php exit; ?>\n" . implode("\n", $found) . "\n";
    if ($found && $disk->read(FOREIGN) !== $text) {
        $disk->store(FOREIGN, $text);
    } elseif (!$found) {
        $disk->remove(FOREIGN);
    }
    if ($found) {
        tell(count($found) . ' berkas di folder ini bukan bagian rilis dan dibiarkan. Daftarnya ada di ' . FOREIGN
            . '; buka dengan File Manager, dan hapus yang tidak Anda kenal.');
    }
}
