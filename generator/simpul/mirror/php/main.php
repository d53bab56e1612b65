<?php

const LAST = OWN . '/terakhir';  // touched when a source was asked
const CLOSED = "<IfModule mod_authz_core.c>\nRequire all denied\n</IfModule>\n"
    . "<IfModule !mod_authz_core.c>\nDeny from all\n</IfModule>\n";

/** Says a line to the caller, at the end of the call. */
function tell($line = null)
{
    static $lines = [];
    if ($line !== null) {
        $lines[] = $line;
    }
    return $lines;
}

/** One call: a look at the sources, or some seconds of the work that was begun. Returns the exit code. */
function call($disk, $clock)
{
    refuse_foreign($disk);
    $sources = sources($disk, $clock);
    $disk->lock();
    if ($disk->read(OWN . '/.htaccess') !== CLOSED) {
        $disk->store(OWN . '/.htaccess', CLOSED);
    }
    if ($disk->there(OWN . '/jurnal.json')) {
        throw new Full('pemasangan oleh simpul-mirror.pyz di folder ini belum selesai', 'Jalankan program itu dulu');
    }
    $plan = Plan::read($disk);
    if ($plan && $plan->failed && $plan->phase !== 'pasang') {
        wait($disk);
        if (newest($disk, $sources, $clock)->state['tree'] !== $plan->goal['tree']) {
            $plan->give_up();
            $plan = null;
        }
    }
    $plan = $plan ?: look($disk, $sources, $clock);
    if (!$plan) {
        return;
    }
    $before = read_state($disk)['release'];
    try {
        $plan->failed = false;
        $placed = work($disk, $plan, $sources, $clock);
    } catch (Failure $failure) {
        if (Plan::read($disk)) {
            $plan->failed = true;
            $plan->keep();
        }
        throw $failure;
    }
    tell("Terpasang: rilis {$plan->goal['release']}" . ($before && $before !== $plan->goal['release']
        ? " (sebelumnya $before)" : '') . ", {$plan->goal['date']}, {$plan->goal['files']} berkas, "
        . megabytes($plan->goal['size']) . ' MB. Selesai; halaman ini boleh ditutup.');
    $tree = read_tree($disk, $plan->goal['tree']);
    report($disk, $plan->goal, $tree ?: [], $plan->before === $plan->goal['tree'] ? $placed : 0);
    renew_program($disk, $tree ?: []);
}

/** Asks the sources for the newest release; returns the plan to reach it, or null when it is here. */
function look($disk, $sources, $clock)
{
    wait($disk);
    $state = read_state($disk);
    $manifest = newest($disk, $sources, $clock);
    $tree = read_tree($disk, $state['tree']);
    if ($state['tree'] !== $manifest->state['tree'] || $tree === null) {
        return Plan::make($disk, $manifest, $state, $tree === null);
    }
    $damaged = damaged_files($disk, $tree);
    if ($damaged) {
        tell(count($damaged) . ' berkas berubah atau hilang dan dipulihkan, misalnya ' . $damaged[0] . '.');
        return Plan::make($disk, $manifest, $state, true);
    }
    if ($state !== $manifest->state) {
        $disk->store(STATE, json_encode($manifest->state));
    }
    tell("Sudah terbaru: rilis {$state['release']}, {$state['date']}.");
    report($disk, $manifest->state, $tree, 0);
    renew_program($disk, $tree);
    return null;
}

/** The caller waits, holding the lock: nobody can make this host ask the sources all the time. */
function wait($disk)
{
    $place = $disk->place(LAST);
    $wait = is_file($place) ? BETWEEN - (time() - filemtime($place)) : 0;
    if (!CLI && $wait > 0) {
        usleep((int) (min($wait, BETWEEN) * 1e6));
    }
    $disk->store(LAST, '');
}

/** The newest manifest of all sources that can be trusted: each is held against what was seen before. */
function newest($disk, $sources, $clock)
{
    $manifest = $failure = null;
    foreach ($sources as $source) {
        try {
            $refresh = new Refresh($source, $disk, roots(), now(), $clock);
            $manifest = $refresh->run();
        } catch (Unreachable $error) {
            $failure = $failure ?: $error;
        } catch (Untrusted $error) {
            $failure = $error;
        }
    }
    if (!$manifest) {
        throw $failure;
    }
    return $manifest;
}

/** Goes on until the release is in place; returns how many files were put there. */
function work($disk, $plan, $sources, $clock)
{
    for ($tries = 0; true; $tries++) {
        try {
            $installer = new Installer($disk, $plan, $clock);
            if ($plan->phase === 'ambil') {
                $fetcher = new Fetcher($disk, $sources, $clock);
                $installer->accept($fetcher->run($plan));
            }
            if ($plan->phase === 'jaga') {
                $installer->guard();
            }
            return $installer->put();
        } catch (Lost $lost) {
            $what = 'berkas lama di salinan ini rusak';
        } catch (Missing $missing) {
            if (!$plan->delta) {
                throw $missing;
            }
            $what = 'selisih tidak ada di sumber';
        }
        if ($tries > 1) {
            throw new Full('isi folder .simpul berubah selama pekerjaan ini', LATER);
        }
        tell("$what; memakai paket utuh.");
        $plan->whole();
    }
}

function now()
{
    return gmdate('Y-m-d\TH:i:s\Z');
}

/** Root metadata this program carries, by version. */
function roots()
{
    $found = [];
    foreach (json_decode(ROOTS, true) as $version => $text) {
        $found[(int) $version] = $text;
    }
    return $found;
}

/** The sources in the settings, one a line; else the one of this program. */
function sources($disk, $clock)
{
    $text = (string) $disk->read(SETTINGS);
    if (strpos($text, "\0") !== false) {
        throw new Failure(SETTINGS . ' tersimpan dalam bentuk yang tidak dikenal',
            'Simpan lagi sebagai teks biasa (UTF-8), satu alamat tiap baris');
    }
    $found = [];
    foreach (preg_split('/\R/', preg_replace('/\A\xEF\xBB\xBF/', '', $text)) as $line) {
        $line = trim($line);
        if ($line !== '' && $line[0] !== '#') {
            $found[] = $line;
        }
    }
    $made = [];
    foreach ($found ?: array_filter([SOURCE]) as $address) {
        $parts = parse_url($address);
        if (!preg_match('#\Ahttps?://[^\s?\#@]+\z#i', $address) || !$parts || empty($parts['host'])) {
            throw new Failure('alamat di ' . SETTINGS . ' salah tulis',
                'Tulis seperti https://simpul.example/rilis/, tanpa nama pengguna dan kata sandi');
        }
        $made[] = new Source($address, $clock);
    }
    if (!$made) {
        throw new Failure('alamat sumber belum diketahui', 'Buat berkas ' . SETTINGS . ' di folder ini, berisi satu '
            . 'baris: alamat folder rilis, misalnya https://simpul.example/rilis/');
    }
    return $made;
}

/** The release holds this program, too: a newer one takes its place, unless someone has changed it here. */
function renew_program($disk, $tree)
{
    $own = basename(__FILE__);
    $note = OWN . '/program';
    $hash = (string) hash_file('sha256', __FILE__);
    $noted = $disk->read($note);
    if ($noted === null) {
        $disk->store($note, $hash);
    }
    if (!isset($tree[PROGRAM]) || hash_of($tree[PROGRAM]) === $hash || !$disk->equals(PROGRAM, [$tree[PROGRAM]])) {
        return;
    }
    if ($noted !== null && $noted !== $hash) {
        tell("$own pernah diubah di sini, jadi tidak diperbarui. Ganti sendiri dengan " . PROGRAM . '.');
        return;
    }
    $disk->store($note, hash_of($tree[PROGRAM]));
    $disk->store($own, $disk->read(PROGRAM));
    tell("$own diperbarui dari rilis ini.");
}

/** How far the plan has come, for who waits. */
function progress($disk)
{
    $plan = Plan::read($disk);
    if (!$plan || $plan->phase === 'jaga') {
        return 'memeriksa isi folder';
    }
    $done = count($disk->names(PARTS));
    return $plan->phase === 'pasang' ? "memasang, {$plan->at} dari {$plan->goal['files']} berkas"
        : ($plan->delta ? 'mengambil perubahan' : "mengambil, $done dari " . count($plan->objects) . ' paket');
}

/** Everything that can be answered, as text. */
function main()
{
    error_reporting(E_ALL);
    ini_set('display_errors', '0');
    set_error_handler(['SimpulMirror\Warnings', 'keep']);
    register_shutdown_function('SimpulMirror\last_words');
    ignore_user_abort(true);
    umask(022);
    if (!CLI && basename(__DIR__) === 'unduh') {  // this is the one on offer in a copy
        header('Content-Type: application/octet-stream');
        header('Content-Disposition: attachment; filename="simpul-mirror.php"');
        readfile(__FILE__);
        return 0;
    }
    $disk = new Folder(__DIR__);
    $limit = (int) ini_get('max_execution_time');
    $code = 0;
    try {
        call($disk, new Clock($limit ? min(STEP, 0.65 * $limit) : STEP));
    } catch (Pause $pause) {
        tell('Belum selesai: ' . progress($disk) . '. '
            . (CLI ? 'Jalankan lagi.' : 'Halaman ini memuat ulang sendiri; jangan ditutup dulu.'));
        CLI || header('Refresh: 1');
    } catch (Failure $failure) {
        $code = $failure::EXIT_CODE;
        tell('GAGAL: ' . $failure->getMessage());
    } catch (\Exception $error) {
        $code = 1;
        tell('GAGAL: kesalahan pada program, baris ' . $error->getLine() . '. ' . LATER . '.');
    } catch (\Error $error) {
        $code = 1;
        tell('GAGAL: kesalahan pada program, baris ' . $error->getLine() . '. ' . LATER . '.');
    }
    if ($code && !CLI) {
        http_response_code(503);
        header('Retry-After: 300');
    }
    echo implode("\n", tell()), "\n";
    return $code;
}

/** What is said when the host ends the call. */
function last_words()
{
    $error = error_get_last();
    if ($error && $error['type'] === E_ERROR) {
        echo implode("\n", tell()), "\nGAGAL: hosting menghentikan program (jatah memori atau waktu habis). ", LATER, ".\n";
    }
}

exit(main());
