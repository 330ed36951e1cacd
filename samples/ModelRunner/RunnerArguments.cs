using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Telemetry.Samples.ModelRunner;

/// <summary>Reads the command line; whatever is wrong with it becomes a sentence.</summary>
internal static class RunnerArguments
{
    private const double MaxSeconds = 86_400;
    private const int MaxTextLength = 512;

    private const string Usage = """
        Usage: ModelRunner [options]
          --load-seconds S     how long the weights take to load (default 3)
          --memory-mb M        size of the weights in MiB (default 256)
          --compute-seconds S  how long the model computes (default 10)
          --cores N            how many cores it keeps busy (default 1)
          --user NAME          who started it (default: the user of this shell)
          --model NAME         the model (default dense-matrix)
          --task ID            the process' identity (default: a new UUID)
          --json               end the output with a line of JSON
        Environment: KAFKA_DIRECT_URL is the broker (host:port); HOST_NAME is the node, as Prometheus names it
        (default: this machine's host name).
        """;

    /// <summary>Reads the options.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="options">The options, where it returns true.</param>
    /// <param name="message">Where it returns false: what is wrong, or null where only help was asked for.</param>
    public static bool TryParse(
        string[] args, [NotNullWhen(true)] out RunnerOptions? options, out string? message)
    {
        var parsed = new RunnerOptions();
        options = null;
        message = null;
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] is "--help" or "-h")
                return false;
            if (args[i] is "--json")
            {
                parsed.Json = true;
                continue;
            }

            var (name, value) = Split(args[i]);
            if (value is null && i + 1 < args.Length)
                value = args[++i];
            message = Apply(parsed, name, value);
            if (message is not null)
                return false;
        }

        options = parsed;
        return true;
    }

    /// <summary>Prints what is wrong, or the usage where nothing is, and returns the exit code.</summary>
    public static int Explain(string? message)
    {
        if (message is null)
        {
            Console.WriteLine(Usage);
            return ExitCodes.Succeeded;
        }

        Console.Error.WriteLine(message);
        return ExitCodes.Misused;
    }

    private static (string Name, string? Value) Split(string argument) =>
        argument.IndexOf('=', StringComparison.Ordinal) is var at and > 0
            ? (argument[..at], argument[(at + 1)..])
            : (argument, null);

    private static string? Apply(RunnerOptions options, string name, string? value) => name switch
    {
        "--load-seconds" => Number(name, value, 0, MaxSeconds, number => options.LoadSeconds = number),
        "--compute-seconds" => Number(name, value, 0, MaxSeconds, number => options.ComputeSeconds = number),
        "--memory-mb" => WholeNumber(name, value, MaxMegabytes(), number => options.MemoryMegabytes = number),
        "--cores" => WholeNumber(name, value, Environment.ProcessorCount, number => options.Cores = number),
        "--user" => Text(name, value, text => options.User = text),
        "--model" => Text(name, value, text => options.Model = text),
        "--task" => Text(name, value, text => options.Task = text),
        _ => $"There is no option '{name}'; --help lists those that there are.",
    };

    // Half, because a sample must not bring its machine down.
    private static int MaxMegabytes() => (int)Math.Min(int.MaxValue, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 21);

    private static string? Number(string name, string? value, double min, double max, Action<double> set)
    {
        var isNumber = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        if (!isNumber || !(number >= min && number <= max))
            return Invariant($"{name} needs a number from {min} to {max}, such as 2.5; it was given {Shown(value)}.");
        set(number);
        return null;
    }

    private static string? WholeNumber(string name, string? value, int max, Action<int> set)
    {
        var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        if (!isNumber || number < 1 || number > max)
            return Invariant($"{name} needs a whole number from 1 to {max}, this machine's limit; it was given {Shown(value)}.");
        set(number);
        return null;
    }

    private static string? Text(string name, string? value, Action<string> set)
    {
        if (string.IsNullOrWhiteSpace(value) || value.Length > MaxTextLength)
            return Invariant($"{name} needs 1 to {MaxTextLength} characters; it was given {Shown(value)}.");
        set(value);
        return null;
    }

    private static string Shown(string? value) => value switch
    {
        null => "nothing",
        { Length: > MaxTextLength } => $"{value.Length} characters",
        _ => $"'{value}'",
    };

    private static string Invariant(FormattableString sentence) => FormattableString.Invariant(sentence);
}
