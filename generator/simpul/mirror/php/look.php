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
    $at = record($disk, LOOKED, ['nomor' => 0])['nomor'];
    $clock = new Clock(HASHING);
    for ($count = count($paths), $looked = 0; $looked < $count && $clock->left() > 0; $looked++) {
        $at = ($at + 1) % $count;
        if (!$disk->equals($paths[$at], [$tree[$paths[$at]]])) {
            $damaged[] = $paths[$at];
        }
    }
    $disk->store(LOOKED, json_encode(['nomor' => $at]));
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

/** Tells how many there are; their names are for who may read the folder, not for every caller. */
function tell_foreign($disk, $tree)
{
    $found = foreign_files($disk, $tree);
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
