namespace Telemetry.Cli.Commands;

/// <summary>What a script may rely on.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The command ran, and what it checked is not as it should be.</summary>
    public const int Different = 1;

    /// <summary>The command could not run: an argument, or the file that it names, is wrong.</summary>
    public const int WrongInput = 2;

    /// <summary>Ctrl-C: 128 and the number of SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
