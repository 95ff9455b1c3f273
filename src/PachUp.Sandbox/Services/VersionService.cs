using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PachUp.Pachyderm.Wire.Version;

namespace PachUp.Sandbox.Services;

/// <summary>Says which release this is.</summary>
internal sealed class VersionService(Pachd pachd) : API.APIBase
{
    public override Task<Pachyderm.Wire.Version.Version> GetVersion(Empty request, ServerCallContext context) => Task.FromResult(new Pachyderm.Wire.Version.Version
    {
        Major = (uint)pachd.StatedRelease.Line.Major,
        Minor = (uint)pachd.StatedRelease.Line.Minor,
        Micro = (uint)pachd.StatedRelease.Patch,
        Additional = pachd.StatedRelease.Suffix,
    });
}
