"""The workloads on FastAPI, orjson and NumPy, as a Python programmer who cares about speed would write them."""
import numpy as np
import orjson
from fastapi import FastAPI, Request, Response
from scipy.special import expit, softmax

app = FastAPI()


def answer(output):
    body = orjson.dumps({"output": output}, option=orjson.OPT_SERIALIZE_NUMPY)
    return Response(body, media_type="application/json")


@app.post("/v1/sigmoid/forward")
async def forward(request: Request):
    x = np.asarray(orjson.loads(await request.body())["input"], dtype=np.float64)
    y = expit(x)
    return answer(y if y.ndim else float(y))


@app.post("/v1/softmax/jacobian")
async def jacobian(request: Request):
    s = softmax(np.asarray(orjson.loads(await request.body())["input"], dtype=np.float64))
    return answer(np.diag(s) - np.outer(s, s))
