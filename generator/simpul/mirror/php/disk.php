<?php

const ASIDE = OWN . '/baru';
const LOCK = OWN . '/kunci';

/** This folder. Nothing is read, written or removed through a link in it. */
class Folder
{
    private $root;
    private $plain = [];  // folders known to be no links

    public function __construct($root)
    {
        $this->root = $root;
    }

    public function root()
    {
        return $this->root;
    }

    /** Where a relative path lies. @throws Full behind a link */
    public function place($path)
    {
        foreach (array_reverse(parents($path)) as $parent) {
            if (!isset($this->plain[$parent])) {
                $this->refuse_link($parent);
                $this->plain[$parent] = true;
            }
        }
        $this->refuse_link($path);
        return "$this->root/$path";
    }

    private function refuse_link($path)
    {
        if (is_link("$this->root/$path")) {
            throw new Full("$path adalah tautan ke tempat lain",
                'Tidak ada yang diubah di sana. Hapus tautannya, lalu buka alamat ini lagi');
        }
    }

    /** The content; null when there is no such file. */
    public function read($path)
    {
        $place = $this->place($path);
        $data = is_file($place) ? file_get_contents($place) : false;
        return $data === false ? null : $data;
    }

    public function size($path)
    {
        $place = $this->place($path);
        clearstatcache(true, $place);
        return is_file($place) ? filesize($place) : null;
    }

    /** Whether anything stands there. */
    public function there($path)
    {
        $place = "$this->root/$path";
        clearstatcache(true, $place);
        return is_link($place) || file_exists($place);
    }

    /** Whether a file is one of these ("SHA-256 size"). */
    public function equals($path, $files)
    {
        $size = $this->size($path);
        foreach ($files as $file) {
            if ($size === size_of($file)) {
                return in_array(hash_file('sha256', $this->place($path)) . " $size", $files, true);
            }
        }
        return false;
    }

    /** Puts a file in place at once: aside, then renamed. A full disk leaves the old file. */
    public function store($path, $data)
    {
        $writer = $this->writer();
        $writer->add($data);
        $writer->put($path);
    }

    /** A new file, written aside. */
    public function writer()
    {
        return new Writer($this);
    }

    /** A handle to a file that is made if there is none. */
    public function open($path, $mode)
    {
        $this->make_folder($path);
        $handle = fopen($this->place($path), $mode);
        if (!$handle) {
            throw self::refused();
        }
        return $handle;
    }

    /** The folder a file is to lie in. */
    public function make_folder($path)
    {
        foreach (array_reverse(parents($path)) as $parent) {
            $place = $this->place($parent);
            if (!is_dir($place) && !mkdir($place, 0755) && !is_dir($place)) {
                throw self::refused();
            }
        }
    }

    public function move($from, $to)
    {
        $this->make_folder($to);
        if (!rename($this->place($from), $this->place($to))) {
            throw self::refused();
        }
    }

    public function remove($path)
    {
        $place = $this->place($path);
        clearstatcache(true, $place);
        if (is_file($place) && !unlink($place)) {
            throw self::refused();
        }
    }

    /** Removes a file, and the folders it leaves empty. */
    public function drop($path)
    {
        $this->remove($path);
        foreach (parents($path) as $parent) {
            if (!rmdir($this->place($parent))) {
                return;
            }
            unset($this->plain[$parent]);
        }
    }

    /** Names in a folder, sorted. */
    public function names($path)
    {
        $place = $path === '' ? $this->root : $this->place($path);
        $found = is_dir($place) ? scandir($place) : [];
        return array_values(array_diff($found ?: [], ['.', '..']));
    }

    /** Empties a folder of ours. */
    public function clear($path, $keep = [])
    {
        foreach (array_diff($this->names($path), $keep) as $name) {
            $this->remove("$path/$name");
        }
    }

    /** Bytes that may still be written, as far as the host tells. */
    public function free()
    {
        $free = function_exists('disk_free_space') ? disk_free_space($this->root) : false;
        return $free === false ? INF : $free;
    }

    /** Holds the lock until the program ends. @throws Busy */
    public function lock()
    {
        static $held;
        $held = $this->open(LOCK, 'cb');
        if (!flock($held, LOCK_EX | LOCK_NB)) {
            throw new Busy('Program ini sedang bekerja untuk panggilan lain', 'Tunggu sebentar, lalu buka lagi');
        }
    }

    /** What the system said, as its owner can read it. */
    public static function refused()
    {
        if (preg_match('/errno=(27|28|122)\b|No space left|quota|File too large/i', Warnings::$last)) {
            return new Full('ruang disk atau jatah hosting habis', 'Kosongkan sebagian, lalu ulangi. ' . LATER);
        }
        if (preg_match('/denied|Read-only|not permitted|open_basedir/i', Warnings::$last)) {
            return new Full('folder ini tidak boleh ditulis oleh PHP',
                'Periksa pemilik dan izin folder di File Manager (biasanya 755), atau tanyakan penyedia hosting');
        }
        return new Full('disk hosting bermasalah, atau ada berkas di tempat sebuah folder', LATER);
    }
}

/** A file that is written aside while its hash is taken. */
class Writer
{
    public $size = 0;
    private $disk;
    private $handle;
    private $hash;

    public function __construct($disk)
    {
        $this->disk = $disk;
        $this->handle = $disk->open(ASIDE, 'wb');
        $this->hash = hash_init('sha256');
    }

    public function add($data)
    {
        if (fwrite($this->handle, $data) !== strlen($data)) {
            $failure = Folder::refused();
            fclose($this->handle);
            $this->disk->remove(ASIDE);
            throw $failure;
        }
        hash_update($this->hash, $data);
        $this->size += strlen($data);
    }

    /** What was written, as "SHA-256 size". */
    public function file()
    {
        return hash_final(hash_copy($this->hash)) . " $this->size";
    }

    public function put($path)
    {
        if (function_exists('fsync') && strpos($path, OWN . '/') === 0 && substr($path, -5) === '.json') {
            fsync($this->handle);
        }
        fclose($this->handle);
        $this->disk->move(ASIDE, $path);
    }

    public function discard()
    {
        fclose($this->handle);
        $this->disk->remove(ASIDE);
    }
}
