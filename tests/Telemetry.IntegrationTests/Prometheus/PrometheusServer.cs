using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Telemetry.IntegrationTests.Prometheus;

/// <summary>A real Prometheus on a free loopback port with a data directory of its own; both are gone after disposal.</summary>
public sealed class PrometheusServer : IAsyncDisposable
{
    private const int Starts = 3;

    private static readonly TimeSpan ReadyDeadline = TimeSpan.FromSeconds(60);

    private readonly string _directory;
    private readonly StringBuilder _log = new();
    private Process? _process;

    private PrometheusServer(string directory) => _directory = directory;

    /// <summary>Such as <c>http://127.0.0.1:12345</c>.</summary>
    public string Url { get; private set; } = "";

    /// <summary>The processor time that it has used since it was started.</summary>
    /// <exception cref="InvalidOperationException">It is not running.</exception>
    public TimeSpan ProcessorTime
    {
        get
        {
            var process = _process ?? throw new InvalidOperationException("Prometheus is not running.");
            // What was read once is kept until told otherwise.
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it with the history and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">Prometheus is not installed, or did not start; with its log.</exception>
    public static Task<PrometheusServer> StartAsync(PrometheusHistory history) => StartAsync(history.WriteTo);

    /// <summary>Starts it with what is written, in OpenMetrics' text, and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">Prometheus is not installed, or did not start; with its log.</exception>
    public static async Task<PrometheusServer> StartAsync(Action<TextWriter> history)
    {
        var server = new PrometheusServer(Directory.CreateTempSubdirectory("prometheus-").FullName);
        try
        {
            await server.LoadAsync(history);
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>Starts it again at the address that it had, with the data that it had.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAtAsync(new Uri(Url).Authority);
    }

    /// <summary>Kills it, so that nothing answers at <see cref="Url"/> any more.</summary>
    public async Task StopAsync()
    {
        if (_process is null)
            return;
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    private async Task LoadAsync(Action<TextWriter> history)
    {
        var file = Path.Combine(_directory, "history.txt");
        await using (var writer = new StreamWriter(file))
            history(writer);

        using var promtool = Run("promtool", "tsdb", "create-blocks-from", "openmetrics", file, Path.Combine(_directory, "data"));
        await promtool.WaitForExitAsync();
        if (promtool.ExitCode != 0)
            throw new InvalidOperationException($"promtool could not load the history:\n{Log()}");
    }

    private async Task StartAsync()
    {
        await File.WriteAllTextAsync(Configuration, "global: {}\n");
        for (var start = 1; ; start++)
        {
            try
            {
                // Another process may take the port before Prometheus does: then the next start has another one.
                await StartAtAsync($"127.0.0.1:{FreePort()}");
                return;
            }
            catch (InvalidOperationException) when (start < Starts)
            {
                await StopAsync();
            }
        }
    }

    private string Configuration => Path.Combine(_directory, "prometheus.yml");

    private async Task StartAtAsync(string address)
    {
        _process = Run(
            "prometheus", $"--config.file={Configuration}", $"--storage.tsdb.path={Path.Combine(_directory, "data")}",
            "--storage.tsdb.retention.time=100y", $"--web.listen-address={address}");
        Url = $"http://{address}";
        if (!await IsReadyAsync(_process))
            throw new InvalidOperationException($"Prometheus did not start:\n{Log()}");
    }

    private async Task<bool> IsReadyAsync(Process process)
    {
        using var http = new HttpClient { BaseAddress = new Uri(Url) };
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < ReadyDeadline && !process.HasExited)
        {
            try
            {
                using var response = await http.GetAsync("/-/ready");
                if (response.IsSuccessStatusCode)
                    return true;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(50);
        }

        return false;
    }

    private Process Run(string program, params string[] arguments)
    {
        var process = new Process
        {
            StartInfo = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true },
        };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            process.Dispose();
            throw new InvalidOperationException(
                $"'{program}' cannot be run: install it by 'apt-get install prometheus'.", exception);
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Keep(string? line)
    {
        lock (_log)
            _log.AppendLine(line);
    }

    private string Log()
    {
        lock (_log)
            return _log.ToString();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
