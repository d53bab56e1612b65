<?php

const REDIRECTS = 5;
const MOST_HEADERS = 32768;
const CONNECT = 10.0;  // seconds to wait for a connection
const AGENT = 'simpul-mirror/' . VERSION;

/** A release folder behind an http(s) address. Nothing is trusted here; every answer is bounded. */
class Source
{
    public $base;
    public $tags = [];    // by path: the tag (ETag) of what was given last
    public $known = [];   // by path: [tag, bytes] of what is here, which need not be sent again
    public $date = '';    // what the server says the time is, for messages only
    private $clock;
    private $curl = null;

    public function __construct($base, $clock)
    {
        $this->base = rtrim($base, '/') . '/';
        $this->clock = $clock;
    }

    /** A whole small file of at most $limit bytes. */
    public function small($path, $limit)
    {
        $data = '';
        $this->give($path, 0, function ($chunk) use (&$data, $limit, $path) {
            $data .= $chunk;
            if (strlen($data) > $limit) {
                throw new Untrusted("$this->base mengirim $path lebih dari $limit bita", REPORT);
            }
        });
        return $data;
    }

    /** Gives a file from a byte on, in chunks; returns at which byte it really began (0: the wish was ignored). */
    public function give($path, $start, $sink)
    {
        $url = $this->base . implode('/', array_map('rawurlencode', explode('/', $path)));
        for ($tries = 0; $tries < REDIRECTS; $tries++) {
            $headers = $start ? ["Range: bytes=$start-"] : [];
            $known = isset($this->known[$path]) ? $this->known[$path] : null;
            if ($known) {
                $headers[] = "If-None-Match: $known[0]";
            }
            $answer = new Answer($this->base, $url, $path, $start, $sink);
            $this->ask($url, $headers, $answer);
            $answer->end();
            $this->date = $answer->header('date') ?: $this->date;
            if ($answer->status === 304 && $known) {
                $sink($known[1]);
                return 0;
            }
            if (!in_array($answer->status, [301, 302, 303, 307, 308], true)) {
                $this->tags[$path] = $answer->header('etag');
                return $answer->begins;
            }
            $url = $this->redirected($url, $answer->header('location'));
        }
        throw new Unreachable("$this->base mengalihkan tanpa akhir", 'Coba sumber lain');
    }

    private function ask($url, $headers, $answer)
    {
        $seconds = max($this->clock->left(), 0) + 3;
        if (function_exists('curl_exec')) {
            $this->ask_curl($url, $headers, $answer, $seconds);
        } else {
            ask_socket($url, $headers, $answer, $seconds);
        }
    }

    private function ask_curl($url, $headers, $answer, $seconds)
    {
        $this->curl = $this->curl ?: curl_init();
        curl_setopt_array($this->curl, [
            CURLOPT_URL => $url, CURLOPT_USERAGENT => AGENT, CURLOPT_FOLLOWLOCATION => false,
            CURLOPT_HTTPHEADER => array_merge(['Accept:', 'Expect:'], $headers),
            CURLOPT_PROTOCOLS => CURLPROTO_HTTP | CURLPROTO_HTTPS,
            CURLOPT_CONNECTTIMEOUT_MS => (int) (CONNECT * 1000), CURLOPT_TIMEOUT_MS => (int) ($seconds * 1000),
            CURLOPT_NOSIGNAL => true,
            CURLOPT_HEADERFUNCTION => function ($curl, $line) use ($answer) {
                return $answer->line($line) ? strlen($line) : 0;
            },
            CURLOPT_WRITEFUNCTION => function ($curl, $chunk) use ($answer) {
                return $answer->chunk($chunk) ? strlen($chunk) : 0;
            },
        ]);
        $done = curl_exec($this->curl);
        if (!$done && !$answer->failure) {
            $answer->failure = unreachable($this->base, reason(curl_errno($this->curl)));
        }
    }

    private function redirected($url, $location)
    {
        $to = strpos($location, '/') === 0 ? preg_replace('#\A(\w+://[^/]*).*#', '$1', $url) . $location : $location;
        $parts = parse_url($to);
        $here = parse_url($url);
        $same = $parts && isset($parts['host'], $parts['scheme'])
            && strtolower($parts['host']) === strtolower(parse_url($this->base, PHP_URL_HOST))
            && in_array($parts['scheme'], ['https', $here['scheme']], true);
        if (!$same) {
            throw new Unreachable("$this->base mengalihkan ke alamat lain",
                'Tidak diikuti. Bila memang pindah, tulis alamat baru itu di ' . SETTINGS);
        }
        return $to;
    }
}

/** What a server answers, judged while it comes. A failure is noted, and thrown at the end. */
class Answer
{
    public $status = 0;
    public $begins = 0;
    public $failure = null;
    public $base;
    private $url;
    private $path;
    private $start;
    private $sink;
    private $headers = [];
    private $size = 0;
    private $unpacker = null;

    public function __construct($base, $url, $path, $start, $sink)
    {
        $this->base = $base;
        $this->url = $url;
        $this->path = $path;
        $this->start = $start;
        $this->sink = $sink;
    }

    public function header($name)
    {
        return isset($this->headers[$name]) ? $this->headers[$name] : '';
    }

    /** A line of the head; the empty one ends it. Returns whether more is wanted. */
    public function line($line)
    {
        $this->size += strlen($line);
        if ($this->size > MOST_HEADERS) {
            $this->failure = unreachable($this->base, 'jawabannya bukan jawaban server web');
        } elseif (preg_match('#\AHTTP/[\d.]+ (\d{3})#', $line, $found)) {
            $this->status = (int) $found[1];
            $this->headers = [];
        } elseif (strpos($line, ':')) {
            list($name, $value) = explode(':', $line, 2);
            $this->headers[strtolower(trim($name))] = trim($value);
        } elseif (trim($line) === '' && $this->status >= 200) {
            $this->judge();
        }
        return !$this->failure;
    }

    private function judge()
    {
        $kind = strtolower(trim(strtok($this->header('content-type') . ';', ';')));
        $range = preg_match('/\Abytes (\d+)-/', $this->header('content-range'), $found) ? (int) $found[1] : -1;
        $this->begins = $this->status === 206 ? $range : ($this->status === 416 ? $this->start : 0);
        $packed = strtolower($this->header('content-encoding') ?: 'identity');
        if (in_array($this->status, [403, 404, 410], true) || ($this->status === 200 && $kind === 'text/html')) {
            $this->failure = new Missing("$this->base tidak memiliki $this->path",
                'Periksa alamat sumber (biasanya berakhir dengan /rilis/) atau coba sumber lain');
        } elseif (!in_array($this->status, [200, 206, 301, 302, 303, 304, 307, 308, 416], true)) {
            $this->failure = new Unreachable("$this->base menjawab $this->status", 'Coba nanti atau dari sumber lain');
        } elseif ($this->begins !== 0 && $this->begins !== $this->start) {
            $this->failure = new Unreachable("$this->base menjawab dengan potongan yang tidak diminta",
                'Coba sumber lain');
        } elseif ($packed === 'gzip' || $packed === 'x-gzip') {
            $this->unpacker = inflate_init(ZLIB_ENCODING_GZIP);
        } elseif ($packed !== 'identity') {
            $this->failure = new Unreachable("$this->base mengirim sandi isi yang tidak diminta", 'Coba sumber lain');
        }
    }

    /** Bytes of the body. Returns whether more is wanted. */
    public function chunk($data)
    {
        if ($this->failure || !in_array($this->status, [200, 206], true)) {
            return !$this->failure;
        }
        try {
            foreach ($this->unpacker ? $this->unpacked($data) : [$data] as $piece) {
                call_user_func($this->sink, $piece, $this->begins);
            }
        } catch (\Exception $failure) {
            $this->failure = $failure;
        }
        return !$this->failure;
    }

    /** Some hosts pack everything. In small pieces, so that a bomb meets its reader's limit. */
    private function unpacked($data)
    {
        foreach (str_split($data, 4096) as $piece) {
            $plain = inflate_add($this->unpacker, $piece);
            if ($plain === false) {
                throw unreachable($this->base, 'kiriman terpotong');
            }
            yield $plain;
        }
    }

    public function end()
    {
        if ($this->failure) {
            throw $this->failure;
        }
    }
}

/** One request over a plain connection, for hosts without curl; HTTP/1.0, so that nobody sends chunks. */
function ask_socket($url, $headers, $answer, $seconds)
{
    $end = Clock::now() + $seconds;
    $parts = parse_url($url);
    $safe = $parts['scheme'] === 'https';
    $port = isset($parts['port']) ? $parts['port'] : ($safe ? 443 : 80);
    $socket = stream_socket_client(($safe ? 'tls' : 'tcp') . "://$parts[host]:$port", $number, $text,
        min(CONNECT, $seconds));
    if (!$socket) {
        $answer->failure = unreachable($answer->base, 'tidak menjawab');
        return;
    }
    $host = $parts['host'] . (isset($parts['port']) ? ":$parts[port]" : '');
    $target = $parts['path'] . (isset($parts['query']) ? "?$parts[query]" : '');
    $lines = array_merge(["GET $target HTTP/1.0", "Host: $host", 'User-Agent: ' . AGENT], $headers);
    fwrite($socket, implode("\r\n", $lines) . "\r\n\r\n");
    $wanted = read_socket($socket, $answer, $end);
    fclose($socket);
    if ($wanted && !$answer->failure) {
        $answer->failure = unreachable($answer->base, 'kiriman terpotong');
    }
}

/** Feeds an answer until it ends or its time is up; returns whether bytes that were announced are missing. */
function read_socket($socket, $answer, $end)
{
    stream_set_blocking($socket, false);
    $head = '';
    $body = false;
    $left = null;
    while (!$answer->failure && $left !== 0 && Clock::now() < $end) {
        $data = fread($socket, 65536);
        if ($data === false || ($data === '' && feof($socket))) {
            break;
        }
        if ($data === '') {
            $ready = [$socket];
            $none = null;
            stream_select($ready, $none, $none, 0, 200000);
        }
        if (!$body) {
            $head .= $data;
            $data = '';
            while (!$body && ($at = strpos($head, "\n")) !== false) {
                $body = !$answer->line(substr($head, 0, $at + 1)) || trim(substr($head, 0, $at)) === '';
                $head = substr($head, $at + 1);
            }
            if (!$body && strlen($head) > MOST_HEADERS) {
                $answer->line($head);
            }
            if ($body) {
                $length = $answer->header('content-length');
                $left = $answer->status === 304 ? 0 : (preg_match('/\A\d{1,15}\z/', $length) ? (int) $length : null);
                $data = $head;
            }
        }
        if ($data !== '') {
            $answer->chunk($data);
            $left = $left === null ? null : max($left - strlen($data), 0);
        }
    }
    return !$body || $left;
}

function unreachable($base, $why)
{
    return new Unreachable("$base tidak terjangkau ($why)",
        'Yang sudah terunduh disimpan. Periksa alamat sumbernya, atau coba lagi nanti');
}

/** The commonest failures of curl in words. */
function reason($number)
{
    $known = [3 => 'alamatnya salah tulis', 6 => 'nama alamatnya tidak ditemukan', 7 => 'sambungan ditolak',
        18 => 'kiriman terpotong', 28 => 'tidak menjawab', 35 => 'sambungan aman gagal', 52 => 'sambungan diputus',
        56 => 'sambungan diputus', 60 => 'sertifikatnya tidak sah', 77 => 'hosting ini tidak punya daftar sertifikat'];
    return isset($known[$number]) ? $known[$number] : "kesalahan sambungan $number";
}
