namespace Telemetry.WindowBenchmark;

/// <summary>How a rate moves.</summary>
internal enum Shape
{
    Constant,

    /// <summary>From one rate to another on a straight line, over its whole time.</summary>
    Ramp,

    /// <summary>On and off, each for a random time.</summary>
    Bursts,

    /// <summary>A new random rate every second.</summary>
    Noise,

    /// <summary>A little up or down every second.</summary>
    Walk,

    /// <summary>One of the others.</summary>
    Any,
}
