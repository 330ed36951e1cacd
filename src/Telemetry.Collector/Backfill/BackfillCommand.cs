using Microsoft.Extensions.Options;
using Telemetry.Collector.Hosting;
using Telemetry.Collector.Measuring;
using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Storage;

namespace Telemetry.Collector.Backfill;

/// <summary><c>telemetry-collector measure</c>: measures stored runs again, and ends.</summary>
internal static class BackfillCommand
{
    /// <param name="args">The command line after the command.</param>
    /// <param name="output">Where the result is told.</param>
    /// <param name="error">Where a failure is told.</param>
    /// <returns>0 where every run got an answer, 1 where not.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        if (!BackfillArguments.TryParse(args, out var arguments, out var problem))
        {
            await error.WriteLineAsync(problem);
            return 1;
        }

        try
        {
            await using var app = Create(arguments.Settings);
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            using var stopping = new CancellationTokenSource();
            Console.CancelKeyPress += (_, pressed) =>
            {
                pressed.Cancel = true;
                stopping.Cancel();
            };
            var result = await app.Services.GetRequiredService<RunBackfill>().RunAsync(arguments.From, arguments.To, stopping.Token);
            await output.WriteLineAsync(
                $"{result.Runs} runs measured again, {result.Revised} revised, {result.Failed} without an answer. {result.Failure}".TrimEnd());
            return result.Failed == 0 ? 0 : 1;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("Stopped. What was measured is stored; the same command goes over all of it again.");
            return 1;
        }
        catch (Exception exception) when (StartupFailure.Sentences(exception) is { Count: > 0 } sentences)
        {
            foreach (var sentence in sentences)
                await error.WriteLineAsync(sentence);
            return 1;
        }
    }

    private static WebApplication Create(string[] settings)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddCollectorStorage(services => services.GetRequiredService<IOptions<MeasuringOptions>>().Value.Schedule);
        builder.Services.AddPrometheus(builder.Configuration);
        builder.Services.AddMeasuring(builder.Configuration);
        builder.Services.AddSingleton<RunBackfill>();
        return builder.Build();
    }
}
