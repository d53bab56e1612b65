<?php

const PIECE = 8192;       // compressed bytes opened at once: at most 8 MB of plain ones
const MOST_HEAD = 8388608;
const PACK = "simpul-paket 1\n";
const DELTA = "simpul-selisih 1\n";

/** A gzip file as a stream of plain bytes, of which never more than some are held. */
class Unpacker
{
    private $file;
    private $inflate;
    private $limit;
    private $total = 0;
    private $buffer = '';
    private $at = 0;

    public function __construct($place, $limit)
    {
        $this->file = fopen($place, 'rb');
        if (!$this->file) {
            throw new Lost('object');
        }
        $this->inflate = inflate_init(ZLIB_ENCODING_GZIP);
        $this->limit = $limit;
    }

    public function __destruct()
    {
        if ($this->file) {
            fclose($this->file);
        }
    }

    /** At least one more byte, or false at the end. */
    private function fill()
    {
        $data = '';
        while ($data === '') {
            $packed = (string) fread($this->file, PIECE);
            if ($packed === '') {
                return false;
            }
            $data = inflate_add($this->inflate, $packed);
            if ($data === false) {
                throw damaged('paket tidak dapat dibuka');
            }
        }
        $this->total += strlen($data);
        if ($this->total > $this->limit) {
            throw damaged('isi paket lebih besar daripada yang ditandatangani');
        }
        $this->buffer = substr($this->buffer, $this->at) . $data;
        $this->at = 0;
        return true;
    }

    /** The header: a magic line, then a line of JSON. @throws Lost for one that memory does not suffice for */
    public function head($magic)
    {
        while (strlen($this->buffer) < strlen($magic)
               || ($end = strpos($this->buffer, "\n", strlen($magic))) === false) {
            if (strlen($this->buffer) > MOST_HEAD) {
                throw new Lost('header');
            }
            if (!$this->fill()) {
                throw damaged('bentuk paket tidak dikenal');
            }
        }
        $found = json_decode(substr($this->buffer, strlen($magic), $end - strlen($magic)), true, 8);
        if (strpos($this->buffer, $magic) !== 0 || !is_array($found)) {
            throw damaged('daftar isi paket rusak');
        }
        $this->at = $end + 1;
        return $found;
    }

    /** Gives the next bytes to $sink in pieces; null skips them. */
    public function give($count, $sink)
    {
        while ($count > 0) {
            if ($this->at >= strlen($this->buffer) && !$this->fill()) {
                throw damaged('paket terpotong');
            }
            $piece = min($count, strlen($this->buffer) - $this->at);
            if ($sink) {
                $sink->add(substr($this->buffer, $this->at, $piece));
            }
            $this->at += $piece;
            $count -= $piece;
        }
    }
}

function damaged($what)
{
    return new Untrusted($what, REPORT);
}

/** Keeps what a writer holds under its hash, unless $path already is that file; returns "SHA-256 size". */
function stage($disk, $writer, $path)
{
    $file = $writer->file();
    if ($disk->size(STAGED . '/' . hash_of($file)) === size_of($file) || $disk->equals($path, [$file])) {
        $writer->discard();
    } else {
        $writer->put(STAGED . '/' . hash_of($file));
    }
    return $file;
}

/** Opens a pack: its files are staged; returns the lines of what it brings ("SHA-256 size path", "- path"). */
function open_pack($disk, $item, $clock)
{
    $stream = new Unpacker($disk->place($item->place()), $item->unpacked);
    $head = $stream->head(PACK);
    if (!isset($head['berkas'], $head['hapus']) || !is_array($head['berkas']) || !is_array($head['hapus'])) {
        throw damaged('daftar isi paket rusak');
    }
    $lines = '';
    foreach ($head['hapus'] as $path) {
        $lines .= '- ' . check_path($path) . "\n";
    }
    foreach ($head['berkas'] as $entry) {
        $size = is_array($entry) && count($entry) === 2 && is_int($entry[1]) ? $entry[1] : -1;
        if ($size < 0 || $size > MOST_FILE) {
            throw damaged('ukuran berkas di dalam paket tidak cocok');
        }
        $path = check_path($entry[0]);
        $writer = $disk->writer();
        $stream->give($size, $writer);
        $lines .= stage($disk, $writer, $path) . " $path\n";
        $clock->check();
    }
    return $lines;
}

/** A delta that was opened: what it removes, and how each changed or new file comes about. */
class Delta
{
    public $removed;
    private $stream;
    private $patches = [];  // [path, path of the old file or ''] in order
    private $numbers;
    private $next = 0;

    public function __construct($disk, $item, $old, $goal)
    {
        $this->stream = new Unpacker($disk->place($item->place()), $item->unpacked);
        $head = $this->stream->head(DELTA);
        foreach (['hapus', 'ubah', 'baru', 'langkah'] as $name) {
            if (!isset($head[$name]) || !is_array($head[$name])) {
                throw damaged('isi selisih rusak');
            }
        }
        if (!isset($head['dari'], $head['ke'])
            || [$head['dari'], $head['ke']] !== [hash('sha256', encode_tree($old)), $goal]) {
            throw damaged('selisih bukan untuk rilis ini');
        }
        ksort($old, SORT_STRING);
        $names = array_keys($old);
        $this->removed = from_gaps($head['hapus'], $names);
        foreach (from_gaps($head['ubah'], $names) as $path) {
            $this->patches[] = [$path, $path];
        }
        foreach ($head['baru'] as $entry) {
            if (!is_array($entry) || count($entry) !== 2 || !is_int($entry[1]) || $entry[1] >= count($names)) {
                throw damaged('isi selisih rusak');
            }
            $this->patches[] = [check_path($entry[0]), $entry[1] < 0 ? '' : (string) $names[$entry[1]]];
        }
        $this->numbers = $head['langkah'];
    }

    /** Makes the new files, from the $done-th on; each finished one is told to $finished. */
    public function apply($disk, $done, $finished, $clock)
    {
        foreach ($this->patches as $at => $patch) {
            list($path, $base) = $patch;
            if ($at < $done) {
                $this->skip();
                continue;
            }
            $writer = $disk->writer();
            $this->make($disk, $base, $writer);
            $finished(stage($disk, $writer, $path), $path);
            $clock->check();
        }
    }

    private function number()
    {
        if (!isset($this->numbers[$this->next]) || !is_int($this->numbers[$this->next])) {
            throw damaged('isi selisih rusak');
        }
        return $this->numbers[$this->next++];
    }

    private function skip()
    {
        for ($steps = $this->number(); $steps > 0; $steps--) {
            $this->next += 2;
            $this->stream->give($this->number(), null);
        }
    }

    private function make($disk, $base, $writer)
    {
        $size = $base === '' ? 0 : $disk->size($base);
        $old = $base === '' ? null : fopen($disk->place($base), 'rb');
        if ($size === null || $old === false) {
            throw new Lost('old file');
        }
        $place = 0;
        for ($steps = $this->number(); $steps > 0; $steps--) {
            $place += $this->number();
            $copy = $this->number();
            $end = $copy === -1 ? $size : $place + $copy;
            if ($place < 0 || $place > $end || $end > $size) {
                throw new Lost('old file');
            }
            if ($end > $place) {
                $this->copy($old, $place, $end - $place, $writer);
            }
            $this->stream->give($this->number(), $writer);
            if ($writer->size > MOST_FILE) {
                throw damaged('selisih membuat berkas yang terlalu besar');
            }
            $place = $end;
        }
        if ($old) {
            fclose($old);
        }
    }

    private function copy($old, $place, $count, $writer)
    {
        fseek($old, $place);
        while ($count > 0) {
            $data = (string) fread($old, min($count, 65536));
            if ($data === '') {
                throw new Lost('old file');
            }
            $writer->add($data);
            $count -= strlen($data);
        }
    }
}

function from_gaps($gaps, $names)
{
    $place = 0;
    $found = [];
    foreach ($gaps as $gap) {
        $place += is_int($gap) ? $gap : -1;
        if (!isset($names[$place])) {
            throw damaged('isi selisih rusak');
        }
        $found[] = (string) $names[$place];
    }
    return $found;
}
