<?php

// The rules of TUF (specification 1.0, section 5.3) for the four top-level roles, without files and network:
// Ed25519 keys, consistent snapshots, no delegations, as the publisher uses them.

/** OLPC canonical JSON: sorted keys, no spaces, only quote and backslash escaped, no fractions. */
function canonical($value)
{
    if (is_string($value)) {
        return '"' . str_replace(['\\', '"'], ['\\\\', '\\"'], $value) . '"';
    }
    if (is_int($value) || is_bool($value) || $value === null) {
        return json_encode($value);
    }
    if (is_array($value)) {
        return '[' . implode(',', array_map('SimpulMirror\canonical', $value)) . ']';
    }
    if (!is_object($value)) {
        throw new Malformed('fraction');
    }
    $members = get_object_vars($value);
    ksort($members, SORT_STRING);
    $parts = [];
    foreach ($members as $key => $member) {
        $parts[] = canonical((string) $key) . ':' . canonical($member);
    }
    return '{' . implode(',', $parts) . '}';
}

/** Data of another form than expected. */
class Malformed extends \Exception
{
}

/** A member of an object of the given kind. @throws Malformed when there is none */
function member($object, $name, $kind)
{
    if (!is_object($object) || !property_exists($object, $name) || gettype($object->$name) !== $kind) {
        throw new Malformed($name);
    }
    return $object->$name;
}

function at_least($number, $least)
{
    if (!is_int($number) || $number < $least) {
        throw new Malformed('number');
    }
    return $number;
}

function matching($form, $text)
{
    if (!is_string($text) || !preg_match($form, $text)) {
        throw new Malformed('form');
    }
    return $text;
}

/** Metadata as read: role, version, expiry (ISO, UTC, to the second) are checked for form, not trusted. */
class Signed
{
    public $role;
    public $version;
    public $expires;
    public $body;
    public $message;
    public $signatures = [];
    public $roles = [];
    public $meta = [];     // of a timestamp and a snapshot: Meta by name
    public $targets = [];  // of targets: Meta by name

    public function __construct($role, $data)
    {
        $this->role = $role;
        try {
            $this->read(json_decode($data, false, 64));
        } catch (Malformed $error) {
            throw new Untrusted("metadata $role rusak atau bukan metadata", REPORT);
        }
    }

    private function read($document)
    {
        $body = $this->body = member($document, 'signed', 'object');
        $this->message = canonical($body);
        $this->version = at_least(member($body, 'version', 'integer'), 1);
        $this->expires = matching('/\A.{10}T.{8}Z\z/s', member($body, 'expires', 'string'));
        if (member($body, '_type', 'string') !== $this->role
            || strtok(member($body, 'spec_version', 'string'), '.') !== '1') {
            throw new Malformed('type or specification');
        }
        foreach (member($document, 'signatures', 'array') as $entry) {
            $id = member($entry, 'keyid', 'string');
            if (isset($this->signatures[$id])) {
                throw new Malformed('one key signs twice');
            }
            $this->signatures[$id] = bytes_of(member($entry, 'sig', 'string'));
        }
        if ($this->role === 'root') {
            foreach (['root', 'timestamp', 'snapshot', 'targets'] as $name) {
                $this->roles[$name] = new Role($name, $body);
            }
        } else {
            foreach (get_object_vars(member($body, $this->role === 'targets' ? 'targets' : 'meta', 'object'))
                     as $name => $entry) {
                $this->meta[$name] = new Meta($entry, $this->role === 'targets');
            }
            if ($this->role === 'timestamp' && !isset($this->meta['snapshot.json'])) {
                throw new Malformed('snapshot.json');
            }
        }
    }
}

/** Bytes of hexadecimal text; '' of a damaged one. */
function bytes_of($text)
{
    return preg_match('/\A([0-9a-f]{2})+\z/i', $text) ? hex2bin($text) : '';
}

/** What one file of metadata says of another: version, and length and SHA-256 where given. */
class Meta
{
    public $version;
    public $length = null;
    public $sha256 = null;

    public function __construct($entry, $target)
    {
        $this->version = $target ? 1 : at_least(member($entry, 'version', 'integer'), 1);
        if (is_object($entry) && property_exists($entry, 'length') && $entry->length !== null) {
            $this->length = at_least($entry->length, 0);
        }
        if (is_object($entry) && property_exists($entry, 'hashes')) {
            $this->sha256 = member($entry->hashes, 'sha256', 'string');
        }
    }

    public function fits($data)
    {
        return in_array($this->length, [null, strlen($data)], true)
            && in_array($this->sha256, [null, hash('sha256', $data)], true);
    }

    /** @throws Untrusted for other bytes than those announced */
    public function check($name, $data)
    {
        if (!$this->fits($data)) {
            throw new Untrusted("isi $name terpotong atau berubah di jalan", REPORT);
        }
    }
}

/** Who may sign: public keys by their id, and how many of them must. */
class Role
{
    public $name;
    public $threshold;
    public $keys = [];

    public function __construct($name, $root)
    {
        $this->name = $name;
        $role = member(member($root, 'roles', 'object'), $name, 'object');
        $this->threshold = at_least(member($role, 'threshold', 'integer'), 1);
        $ids = member($role, 'keyids', 'array');
        foreach ($ids as $id) {
            $key = member(member($root, 'keys', 'object'), is_string($id) ? $id : '', 'object');
            $public = bytes_of(member(member($key, 'keyval', 'object'), 'public', 'string'));
            if (member($key, 'keytype', 'string') === 'ed25519' && member($key, 'scheme', 'string') === 'ed25519') {
                $this->keys[$id] = $public;
            }
        }
        if (count(array_unique($ids)) !== count($ids)) {
            throw new Malformed('keys');
        }
    }

    /** @throws Untrusted with fewer valid signatures of different keys than the threshold */
    public function check($signed)
    {
        $valid = [];
        foreach ($signed->signatures as $id => $signature) {
            $key = isset($this->keys[$id]) ? $this->keys[$id] : '';
            if (strlen($key) === 32 && strlen($signature) === 64
                && sodium_crypto_sign_verify_detached($signature, $signed->message, $key)) {
                $valid[$key] = true;
            }
        }
        if (count($valid) < $this->threshold) {
            throw new Untrusted("tanda tangan $this->name tidak sah: " . count($valid)
                . " dari $this->threshold yang diperlukan", REPORT);
        }
    }
}

/** Metadata accepted so far, in the order root, timestamp, snapshot, targets. $now is ISO, UTC. */
class Trusted
{
    public $now;
    public $root;
    public $timestamp = null;
    public $snapshot = null;
    public $targets = null;

    public function __construct($root, $now)
    {
        $this->now = $now;
        $this->root = new Signed('root', $root);
        $this->root->roles['root']->check($this->root);
    }

    /** The next root, signed by the old one's keys and by its own. */
    public function update_root($data)
    {
        $new = new Signed('root', $data);
        $this->root->roles['root']->check($new);
        if ($new->version !== $this->root->version + 1) {
            throw new Untrusted("root versi $new->version tidak menyusul versi {$this->root->version}", REPORT);
        }
        $new->roles['root']->check($new);
        $this->root = $new;
    }

    /** A newer timestamp, or the same version (then the old one stays: false). */
    public function update_timestamp($data, $final = true)
    {
        if ($final) {
            $this->not_expired($this->root);
        }
        $new = new Signed('timestamp', $data);
        $this->root->roles['timestamp']->check($new);
        $old = $this->timestamp;
        if ($old) {
            not_lower('timestamp', $new->version, $old->version);
        }
        $newer = !$old || $new->version > $old->version;
        if ($old && $newer) {
            not_lower('snapshot', $new->meta['snapshot.json']->version, $old->meta['snapshot.json']->version);
        }
        $this->timestamp = $newer ? $new : $old;
        if ($final) {
            $this->not_expired($this->timestamp);
        }
        return $newer;
    }

    /** The snapshot the timestamp names; a remembered one only serves to hold the new one against. */
    public function update_snapshot($data, $final = true)
    {
        $meta = $this->timestamp->meta['snapshot.json'];
        if ($final) {
            $meta->check('snapshot', $data);
        }
        $new = new Signed('snapshot', $data);
        $this->root->roles['snapshot']->check($new);
        foreach ($this->snapshot ? $this->snapshot->meta : [] as $name => $old) {
            if (!isset($new->meta[$name])) {
                throw new Untrusted("snapshot baru tidak lagi menyebut $name", REPORT);
            }
            not_lower($name, $new->meta[$name]->version, $old->version);
        }
        $this->snapshot = $new;
        if ($final) {
            $this->not_expired($new);
            exactly('snapshot', $new->version, $meta->version);
        }
    }

    /** The targets the snapshot names. */
    public function update_targets($data)
    {
        $meta = isset($this->snapshot->meta['targets.json']) ? $this->snapshot->meta['targets.json'] : null;
        if (!$meta) {
            throw new Untrusted('snapshot tidak menyebut targets.json', REPORT);
        }
        $meta->check('targets', $data);
        $new = new Signed('targets', $data);
        $this->root->roles['targets']->check($new);
        exactly('targets', $new->version, $meta->version);
        $this->not_expired($new);
        $this->targets = $new;
    }

    private function not_expired($signed)
    {
        if ($signed->expires <= $this->now) {
            throw new Untrusted("$signed->role kedaluwarsa sejak " . substr($signed->expires, 0, 10)
                . ' (waktu yang dipakai: ' . substr($this->now, 0, 10) . ')',
                'Salinan lama tetap disajikan. Bila tanggal itu benar, sumber ini tertinggal: '
                . 'coba sumber lain atau beri tahu pengelolanya; bila keliru, beri tahu penyedia hosting');
        }
    }
}

function not_lower($name, $new, $old)
{
    if ($new < $old) {
        throw new Untrusted("sumber menawarkan $name versi $new, padahal versi $old sudah pernah dilihat", REPORT);
    }
}

function exactly($name, $found, $expected)
{
    if ($found !== $expected) {
        throw new Untrusted("$name berversi $found, seharusnya $expected", REPORT);
    }
}
