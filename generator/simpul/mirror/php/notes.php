<?php

// What a copy remembers in its private folder, in the form of the Python client, which can take over.

const STATE = OWN . '/keadaan.json';
const PLAN = OWN . '/langkah.json';
const METADATA = OWN . '/metadata';
const LISTS = OWN . '/daftar';
const OBJECTS = OWN . '/objek';
const STAGED = OWN . '/isi';     // new contents by their hash, until they are put in place
const PARTS = OWN . '/susun';    // what each object brings, as far as it was opened
const KEPT = OWN . '/disisihkan';
const STATUS = 'status.json';
const DATE = '/\A\d{4}-\d\d-\d\d\z/';

function seen_files()
{
    return [OWN . '/terlihat-1.json', OWN . '/terlihat-2.json'];
}

/** The members of a note that are of the kind of those in $empty; the others as in $empty. */
function record($disk, $path, $empty)
{
    $found = json_decode((string) $disk->read($path), true, 32);
    $record = $empty;
    foreach ($empty as $name => $value) {
        if (is_array($found) && isset($found[$name]) && gettype($found[$name]) === gettype($value)) {
            $record[$name] = $found[$name];
        }
    }
    return $record;
}

/** The highest of both notes and of the public status: one of them emptied or put back changes nothing. */
function read_seen($disk)
{
    $seen = ['release' => 0, 'root' => 0, 'timestamp' => 0, 'snapshot' => 0, 'targets' => 0];
    $notes = [];
    foreach (seen_files() as $path) {
        $notes[] = record($disk, $path, $seen);
    }
    if ($status = read_status($disk)) {
        $notes[] = ['release' => $status['rilis'], 'root' => $status['root']] + $seen;
    }
    foreach ($notes as $note) {
        foreach ($note as $name => $value) {
            $seen[$name] = max($seen[$name], $value);
        }
    }
    return $seen;
}

function write_seen($disk, $seen)
{
    foreach (seen_files() as $path) {
        $disk->store($path, json_encode($seen));
    }
}

/** The public note; [] when there is none or a file of that name is not ours. */
function read_status($disk)
{
    $found = record($disk, STATUS, ['rilis' => 0, 'tanggal' => '', 'janji_hari' => 0, 'pohon' => '', 'root' => 0,
        'diperiksa' => '', 'klien' => '']);
    return preg_match(DATE, $found['tanggal']) && preg_match(HASH, $found['pohon']) ? $found : [];
}

/** The finished release; release 0 when there is none or the note is damaged. */
function read_state($disk)
{
    $empty = ['release' => 0, 'date' => '', 'promise' => 0, 'origin' => '', 'tree' => '', 'files' => 0, 'size' => 0];
    $found = record($disk, STATE, $empty);
    return is_state($found) ? $found : $empty;
}

function is_state($state)
{
    return is_array($state) && isset($state['release'], $state['date'], $state['tree'])
        && is_int($state['release']) && is_string($state['date']) && is_string($state['tree'])
        && preg_match(DATE, $state['date']) && preg_match(HASH, $state['tree']);
}

/** The list of files with this hash; null when it is not here or damaged; of no release ('') the empty one. */
function read_tree($disk, $digest)
{
    if ($digest === '') {
        return [];
    }
    $data = $disk->read(LISTS . "/$digest");
    try {
        return $data !== null && hash('sha256', $data) === $digest ? decode_tree($data) : null;
    } catch (Untrusted $error) {
        return null;
    } catch (Lost $error) {
        return null;
    }
}
