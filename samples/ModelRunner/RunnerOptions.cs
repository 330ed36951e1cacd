namespace Telemetry.Samples.ModelRunner;

/// <summary>What one model process does, and in whose name.</summary>
internal sealed record RunnerOptions
{
    /// <summary>How long the weights take to load, in seconds. 0 to 86,400.</summary>
    public double LoadSeconds { get; set; } = 3;

    /// <summary>Size of the weights in MiB. 1 to half of the memory that this process may use.</summary>
    public int MemoryMegabytes { get; set; } = 256;

    /// <summary>How long the model computes, in seconds. 0 to 86,400.</summary>
    public double ComputeSeconds { get; set; } = 10;

    /// <summary>How many cores it keeps busy. 1 to the machine's number of cores.</summary>
    public int Cores { get; set; } = 1;

    /// <summary>Who started it; 1 to 512 characters.</summary>
    public string User { get; set; } = Environment.UserName;

    /// <summary>The model's name; 1 to 512 characters.</summary>
    public string Model { get; set; } = "dense-matrix";

    /// <summary>The process' identity; 1 to 512 characters. Default: a new one.</summary>
    public string Task { get; set; } = Guid.CreateVersion7().ToString();

    /// <summary>Whether a line of JSON with the figures ends the output.</summary>
    public bool Json { get; set; }
}
