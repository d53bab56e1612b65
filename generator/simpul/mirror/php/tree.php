<?php

// The list of a site's files and its hash. A tree maps a path to "SHA-256 size", as in a line of the list.

const OWN = '.simpul';
const MOST_PATH = 240;
const MOST_FILE = 33554432;
const HASH = '/\A[0-9a-f]{64}\z/';
const FORBIDDEN = '/[\x00-\x1f\x7f\\\\:*?"<>|]/';
const DEVICES = '/\A((con|prn|aux|nul|conin\$|conout\$|clock\$|com\d|lpt\d) *|\$.*)\z/i';
const SHORT = '/~\d+\z/';  // a short name of Windows, which may mean another file

/** The path itself, if any computer can hold it below this folder. @throws Untrusted */
function check_path($path)
{
    foreach (explode('/', check_inside($path)) as $part) {
        if (preg_match(DEVICES, strtok($part, '.'))) {
            throw bad_name();
        }
    }
    return $path;
}

/** The path itself, if it leads nowhere but into this folder: an earlier program may have installed it. */
function check_inside($path)
{
    $bad = !is_string($path) || strlen($path) > MOST_PATH || !preg_match('//u', $path)
        || preg_match(FORBIDDEN, $path)
        || (class_exists('Normalizer') && !\Normalizer::isNormalized($path, \Normalizer::FORM_C));
    $parts = $bad ? [] : explode('/', $path);
    foreach ($parts as $at => $part) {
        $bad = $bad || $part === '' || $part[0] === '.' || strpos('. ', substr($part, -1)) !== false
            || preg_match(SHORT, strtok($part, '.'))
            || ($at === 0 && in_array(fold($part), ['rilis', 'status.json'], true));
    }
    if ($bad) {
        throw bad_name();
    }
    return $path;
}

function bad_name()
{
    return new Untrusted('rilis memuat nama berkas yang berbahaya atau tidak dapat disimpan',
        'Tidak ada yang dipasang; beri tahu pengelola portal pusat');
}

/** Letters as a disk may see them that does not tell large ones from small ones. */
function fold($text)
{
    return function_exists('mb_strtolower') ? mb_strtolower($text, 'UTF-8') : strtolower($text);
}

/** The folders of a path, the innermost first. */
function parents($path)
{
    $found = [];
    while (($end = strrpos($path, '/')) !== false) {
        $found[] = $path = substr($path, 0, $end);
    }
    return $found;
}

/** Refuses a file where another needs a folder, and names that differ in the case of letters alone. */
function check_clashes($tree)
{
    $names = $folders = [];
    foreach ($tree as $path => $file) {
        $folded = fold((string) $path);
        $clash = isset($names[$folded]);
        $names[$folded] = true;
        foreach (parents($folded) as $parent) {
            if (isset($folders[$parent])) {
                break;
            }
            $folders[$parent] = true;
        }
        if ($clash) {
            throw new Untrusted('dua berkas dalam rilis hanya berbeda huruf besar dan kecil', REPORT);
        }
    }
    if (array_intersect_key($names, $folders)) {
        throw new Untrusted('rilis memuat nama yang adalah berkas sekaligus folder', REPORT);
    }
}

/** One line per file, sorted by the bytes of the path. */
function encode_tree($tree)
{
    ksort($tree, SORT_STRING);
    $text = '';
    foreach ($tree as $path => $file) {
        $text .= "$file $path\n";
    }
    return $text;
}

/** The tree of such lines. @throws Lost when they are damaged */
function decode_tree($text)
{
    $tree = [];
    $length = strlen($text);
    for ($at = 0; $at < $length; $at = $end + 1) {
        $end = strpos($text, "\n", $at);
        if ($end === false || !preg_match('/\A([0-9a-f]{64} \d{1,9}) (.+)\z/s', substr($text, $at, $end - $at), $found)) {
            throw new Lost('list');
        }
        $tree[check_inside($found[2])] = $found[1];
    }
    return $tree;
}

function size_of($file)
{
    return (int) substr($file, 65);
}

function hash_of($file)
{
    return substr($file, 0, 64);
}

/** When a file is put in place: assets before the pages that use them, the front page last. */
function order($path)
{
    return substr($path, -5) !== '.html' ? 0 : ($path === 'index.html' ? 2 : 1);
}

/** Paths in that order. */
function in_order($paths)
{
    usort($paths, function ($one, $other) {
        return order($one) - order($other) ?: strcmp($one, $other);
    });
    return $paths;
}

/** The first few names, and how many more there are. */
function listed($names)
{
    $rest = count($names) - 5;
    return implode(', ', array_slice($names, 0, 5)) . ($rest > 0 ? " dan $rest lainnya" : '');
}

function megabytes($size)
{
    return str_replace('.', ',', sprintf('%.1f', $size / 1e6));
}
