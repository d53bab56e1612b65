<?php

const MANIFEST = 'manifes-gzip.json';
const MOST_MANIFEST = 16384;
const MOST_UNPACKED = 67108864;

/** An object of a release: a gzip file named by its hash; sizes in bytes, as sent and unpacked. */
class Item
{
    public $sha256;
    public $size;
    public $unpacked;

    public function __construct($entry)
    {
        list($this->sha256, $this->size, $this->unpacked) = is_array($entry) && count($entry) === 3
            ? array_values($entry) : [null, 0, 0];
        matching(HASH, $this->sha256);
        at_least($this->size, 1);
        at_least($this->unpacked, 1);
        if (max($this->size, $this->unpacked) > MOST_UNPACKED) {
            throw new Malformed('object too large');
        }
    }

    public function note()
    {
        return [$this->sha256, $this->size, $this->unpacked];
    }

    /** Where it lies in a release folder. */
    public function path()
    {
        return "objek/$this->sha256.gz";
    }

    /** Where it lies here. */
    public function place()
    {
        return OBJECTS . "/$this->sha256.gz";
    }
}

/** The signed description of one release. Every field is checked, though it was signed. */
class Manifest
{
    public $state;
    public $packs = [];
    public $deltas = [];  // Item by the tree it starts from

    public function __construct($data)
    {
        try {
            $this->read(json_decode($data, false, 16));
        } catch (Malformed $error) {
            throw new Untrusted('manifes rusak', 'Tidak ada yang dipasang; beri tahu pengelola portal pusat');
        }
    }

    private function read($found)
    {
        if (member($found, 'format', 'integer') !== 1) {
            throw new Untrusted('bentuk rilis ini belum dikenal program ini',
                'Ambil simpul-mirror.php yang baru dari portal');
        }
        $this->state = [
            'release' => at_least(member($found, 'rilis', 'integer'), 1),
            'date' => matching(DATE, member($found, 'tanggal', 'string')),
            'promise' => at_least(member($found, 'janji_hari', 'integer'), 1),
            'origin' => member($found, 'asal', 'string'),
            'tree' => matching(HASH, member($found, 'pohon', 'string')),
            'files' => at_least(member($found, 'berkas', 'integer'), 0),
            'size' => at_least(member($found, 'ukuran', 'integer'), 0),
        ];
        foreach (member($found, 'paket', 'array') as $entry) {
            $this->packs[] = new Item($entry);
        }
        foreach (member($found, 'selisih', 'array') as $entry) {
            if (!is_array($entry) || count($entry) !== 5) {
                throw new Malformed('delta');
            }
            $this->deltas[matching(HASH, $entry[1])] = new Item(array_slice($entry, 2));
        }
    }
}
